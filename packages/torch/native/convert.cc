// Plain values and handles, from JavaScript and to it.
#include "state.h"

namespace semblance {

void define(napi_env env, napi_value exports, const char* name, napi_callback fn) {
  napi_value value;
  napi_create_function(env, name, NAPI_AUTO_LENGTH, fn, nullptr, &value);
  napi_set_named_property(env, exports, name, value);
}

bool is_nullish(napi_env env, napi_value value) {
  napi_valuetype type;
  napi_typeof(env, value, &type);
  return type == napi_undefined || type == napi_null;
}

int64_t to_int(napi_env env, napi_value value, const char* what) {
  double number;
  if (napi_get_value_double(env, value, &number) == napi_ok) {
    if (number != static_cast<double>(static_cast<int64_t>(number)))
      fail("TORCH_BAD_ARGUMENT", std::string("Expected an integer for ") + what + " but received " + std::to_string(number));
    return static_cast<int64_t>(number);
  }
  int64_t wide;
  bool lossless;
  if (napi_get_value_bigint_int64(env, value, &wide, &lossless) == napi_ok) return wide;
  bool flag;
  if (napi_get_value_bool(env, value, &flag) == napi_ok) return flag;
  fail("TORCH_BAD_ARGUMENT", std::string("Expected an integer for ") + what);
}

double to_double(napi_env env, napi_value value, const char* what) {
  double number;
  if (napi_get_value_double(env, value, &number) == napi_ok) return number;
  fail("TORCH_BAD_ARGUMENT", std::string("Expected a number for ") + what);
}

bool to_bool(napi_env env, napi_value value, const char* what) {
  bool flag;
  if (napi_get_value_bool(env, value, &flag) == napi_ok) return flag;
  fail("TORCH_BAD_ARGUMENT", std::string("Expected a boolean for ") + what);
}

std::string to_string(napi_env env, napi_value value, const char* what) {
  size_t length = 0;
  if (napi_get_value_string_utf8(env, value, nullptr, 0, &length) != napi_ok)
    fail("TORCH_BAD_ARGUMENT", std::string("Expected a string for ") + what);
  std::string text(length, '\0');
  napi_get_value_string_utf8(env, value, text.data(), length + 1, &length);
  return text;
}

uint32_t to_handle(napi_env env, napi_value value, const char* what) {
  uint32_t handle;
  if (napi_get_value_uint32(env, value, &handle) == napi_ok) return handle;
  fail("TORCH_BAD_ARGUMENT", std::string("Expected a tensor for ") + what);
}

std::vector<int64_t> to_ints(napi_env env, napi_value value, const char* what) {
  uint32_t length = 0;
  if (napi_get_array_length(env, value, &length) != napi_ok)
    fail("TORCH_BAD_ARGUMENT", std::string("Expected a list of integers for ") + what);
  std::vector<int64_t> out(length);
  for (uint32_t i = 0; i < length; i++) {
    napi_value element;
    napi_get_element(env, value, i, &element);
    out[i] = to_int(env, element, what);
  }
  return out;
}

const at::Tensor& first_tensor(Call& call) { return env_of(call.env)->get(to_handle(call.env, call.argv[0], "tensor")); }

std::vector<at::Tensor> tensors_in(napi_env env, napi_value list) {
  std::vector<at::Tensor> out;
  if (is_nullish(env, list)) return out;
  uint32_t length = 0;
  if (napi_get_array_length(env, list, &length) != napi_ok) fail("TORCH_BAD_ARGUMENT", "Expected a list of tensors");
  Env& state = *env_of(env);
  for (uint32_t i = 0; i < length; i++) {
    napi_value element;
    napi_get_element(env, list, i, &element);
    out.push_back(is_nullish(env, element) ? at::Tensor() : state.get(to_handle(env, element, "tensor")));
  }
  return out;
}

std::vector<at::Tensor> tensors_at(Call& call, size_t index) {
  return index < call.argc ? tensors_in(call.env, call.argv[index]) : std::vector<at::Tensor>();
}

napi_value handles_of(napi_env env, const std::vector<at::Tensor>& tensors) {
  napi_value out;
  napi_create_array_with_length(env, tensors.size(), &out);
  for (size_t i = 0; i < tensors.size(); i++)
    napi_set_element(env, out, i, from_int(env, env_of(env)->put(env, tensors[i])));
  return out;
}

napi_value from_int(napi_env env, int64_t value) {
  napi_value out;
  constexpr int64_t kSafe = 9007199254740991LL;
  if (value > kSafe || value < -kSafe)
    napi_create_bigint_int64(env, value, &out);
  else
    napi_create_int64(env, value, &out);
  return out;
}

napi_value from_double(napi_env env, double value) {
  napi_value out;
  napi_create_double(env, value, &out);
  return out;
}

napi_value from_bool(napi_env env, bool value) {
  napi_value out;
  napi_get_boolean(env, value, &out);
  return out;
}

napi_value from_string(napi_env env, const std::string& value) {
  napi_value out;
  napi_create_string_utf8(env, value.data(), value.size(), &out);
  return out;
}

napi_value undefined(napi_env env) {
  napi_value out;
  napi_get_undefined(env, &out);
  return out;
}

}  // namespace semblance
