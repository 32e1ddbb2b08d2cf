// JavaScript values become the arguments of an operator: its schema says how.
#include "state.h"

namespace semblance {
namespace {

at::Scalar to_scalar(napi_env env, napi_value value, const char* what) {
  napi_valuetype type;
  napi_typeof(env, value, &type);
  if (type == napi_boolean) return at::Scalar(to_bool(env, value, what));
  if (type == napi_bigint) return at::Scalar(to_int(env, value, what));
  double number = to_double(env, value, what);
  // JavaScript has one kind of number: a whole one is an integer scalar, as `2` is in Python.
  if (number == static_cast<double>(static_cast<int64_t>(number)) && std::abs(number) < 9007199254740992.0)
    return at::Scalar(static_cast<int64_t>(number));
  return at::Scalar(number);
}

c10::Device to_device(napi_env env, napi_value value, const char* what) {
  c10::Device device(to_string(env, value, what));
  if (device.is_cuda() && !at::hasCUDA()) fail("TORCH_NO_DEVICE", "Expected a device of this machine for " + std::string(what) + " but received \"" + device.str() + "\": this libtorch sees no CUDA device");
  return device;
}

c10::IValue to_single(Env& state, napi_env env, napi_value value, const Kind& kind, const char* what) {
  if (kind.enumeration != Enumeration::None) return to_enum(env, value, kind.enumeration, what);
  switch (kind.base) {
    case Base::Tensor: return state.get(to_handle(env, value, what));
    case Base::Int: return to_int(env, value, what);
    case Base::Float: return to_double(env, value, what);
    case Base::Scalar: return to_scalar(env, value, what);
    case Base::Bool: return to_bool(env, value, what);
    case Base::String: return to_string(env, value, what);
    case Base::Device: return to_device(env, value, what);
    case Base::Generator: {
      uint32_t index = to_handle(env, value, what);
      if (index == 0 || index >= state.generators.size() || !state.generators[index].defined())
        fail("TORCH_BAD_ARGUMENT", std::string("Expected a Generator for ") + what);
      return state.generators[index];
    }
    default: fail("TORCH_UNSUPPORTED_ARGUMENT", std::string("an argument of this kind cannot be given from JavaScript: ") + what);
  }
}

template <typename T, typename Read>
c10::IValue to_list(napi_env env, napi_value value, Read read) {
  uint32_t length = 0;
  napi_get_array_length(env, value, &length);
  c10::List<T> out;
  out.reserve(length);
  for (uint32_t i = 0; i < length; i++) {
    napi_value element;
    napi_get_element(env, value, i, &element);
    out.push_back(read(element));
  }
  return out;
}

// A schema's int[2] is read by many kernels without a look at its length. Lists that stand for dimensions (int[1]) and
// those whose default is empty may have others.
void check_length(const Arg& arg, size_t length) {
  if (arg.fixed_size < 2 || length == static_cast<size_t>(arg.fixed_size)) return;
  if (length == 0 && arg.has_default && arg.default_value.isList() && arg.default_value.toListRef().empty()) return;
  fail("TORCH_BAD_ARGUMENT",
       "Expected " + std::to_string(arg.fixed_size) + " values for " + arg.name + " but received " + std::to_string(length));
}

c10::IValue to_ivalue(Env& state, napi_env env, napi_value value, const Arg& arg) {
  const char* what = arg.name.c_str();
  if (is_nullish(env, value)) {
    if (arg.has_default && (!arg.kind.optional || arg.default_value.isNone())) return arg.default_value;
    if (arg.kind.optional) {
      napi_valuetype type;
      napi_typeof(env, value, &type);
      return type == napi_undefined && arg.has_default ? arg.default_value : c10::IValue();
    }
    // A generator that is left out is the default one.
    if (arg.kind.base == Base::Generator) return c10::IValue();
    fail("TORCH_BAD_ARGUMENT", "Expected a value for " + arg.name + " but received nothing");
  }
  if (!arg.kind.list) return to_single(state, env, value, arg.kind, what);

  bool is_array = false;
  napi_is_array(env, value, &is_array);
  if (!is_array) {
    if (!arg.kind.broadcast) fail("TORCH_BAD_ARGUMENT", "Expected a list for " + arg.name);
    if (arg.kind.base == Base::Int) return c10::List<int64_t>(std::vector<int64_t>(arg.fixed_size, to_int(env, value, what)));
    if (arg.kind.base == Base::Float) {
      c10::List<double> out;
      for (int i = 0; i < arg.fixed_size; i++) out.push_back(to_double(env, value, what));
      return out;
    }
    fail("TORCH_BAD_ARGUMENT", "Expected a list for " + arg.name);
  }
  switch (arg.kind.base) {
    case Base::Tensor:
      if (arg.kind.optional_elements)
        return to_list<c10::optional<at::Tensor>>(env, value, [&](napi_value e) {
          return is_nullish(env, e) ? c10::optional<at::Tensor>() : c10::optional<at::Tensor>(state.get(to_handle(env, e, what)));
        });
      return to_list<at::Tensor>(env, value, [&](napi_value e) { return state.get(to_handle(env, e, what)); });
    case Base::Int: {
      auto out = to_list<int64_t>(env, value, [&](napi_value e) { return to_int(env, e, what); });
      // PyTorch lets [k] stand for [k, k] where a schema says int[2].
      if (arg.fixed_size > 1 && out.toIntList().size() == 1)
        return c10::List<int64_t>(std::vector<int64_t>(arg.fixed_size, out.toIntList().get(0)));
      check_length(arg, out.toIntList().size());
      return out;
    }
    case Base::Float: return to_list<double>(env, value, [&](napi_value e) { return to_double(env, e, what); });
    case Base::Bool: {
      auto out = to_list<bool>(env, value, [&](napi_value e) { return to_bool(env, e, what); });
      check_length(arg, out.toBoolList().size());
      return out;
    }
    case Base::String: return to_list<std::string>(env, value, [&](napi_value e) { return to_string(env, e, what); });
    case Base::Scalar: {
      uint32_t length = 0;
      napi_get_array_length(env, value, &length);
      c10::impl::GenericList out(c10::NumberType::get());
      for (uint32_t i = 0; i < length; i++) {
        napi_value element;
        napi_get_element(env, value, i, &element);
        out.push_back(to_scalar(env, element, what));
      }
      return out;
    }
    default: fail("TORCH_UNSUPPORTED_ARGUMENT", "a list of this kind cannot be given from JavaScript: " + arg.name);
  }
}

}  // namespace

std::vector<c10::IValue> arguments_of(Env& state, const Op& op, Call& call) {
  std::vector<c10::IValue> stack;
  stack.reserve(op.args.size());
  napi_value none = undefined(call.env);
  for (size_t i = 0; i < op.args.size(); i++)
    stack.push_back(to_ivalue(state, call.env, i + 1 < call.argc ? call.argv[i + 1] : none, op.args[i]));
  return stack;
}

}  // namespace semblance
