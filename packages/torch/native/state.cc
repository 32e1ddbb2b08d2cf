#include "state.h"

#include <sstream>

namespace semblance {

namespace {
// V8 is told of native bytes in steps: a call for every tensor would cost more than the tensor. And only of bytes that
// it alone can free: those of a scope come and go by the gigabyte in every training step, and each such wave would
// set it marking its whole heap for nothing.
constexpr int64_t kReportStepBytes = 4 << 20;

const std::pair<const char*, at::ScalarType> kDtypes[] = {
    {"float32", at::kFloat}, {"float64", at::kDouble},   {"float16", at::kHalf}, {"bfloat16", at::kBFloat16},
    {"int64", at::kLong},    {"int32", at::kInt},        {"int16", at::kShort},  {"int8", at::kChar},
    {"uint8", at::kByte},    {"bool", at::kBool},        {"complex64", at::kComplexFloat},
    {"complex128", at::kComplexDouble},
};

void report(napi_env env, Env& state, int64_t delta) {
  state.unreported_bytes += delta;
  if (state.unreported_bytes > kReportStepBytes || state.unreported_bytes < -kReportStepBytes) {
    int64_t total;
    napi_adjust_external_memory(env, state.unreported_bytes, &total);
    state.unreported_bytes = 0;
  }
}
}  // namespace

Env* env_of(napi_env env) {
  void* data = nullptr;
  napi_get_instance_data(env, &data);
  return static_cast<Env*>(data);
}

void Releases::drain() {
  std::lock_guard<std::mutex> lock(mutex);
  for (auto ref : refs) napi_delete_reference(env, ref);
  refs.clear();
  waiting = false;
}

void Releases::close() {
  std::lock_guard<std::mutex> lock(mutex);
  closed = true;
}

JsRef::JsRef(napi_env env, napi_value value) : releases_(env_of(env)->releases) {
  napi_create_reference(env, value, 1, &ref_);
}

JsRef::~JsRef() {
  if (!ref_) return;
  std::lock_guard<std::mutex> lock(releases_->mutex);
  if (releases_->closed) return;
  if (releases_->is_own_thread()) {
    napi_delete_reference(releases_->env, ref_);
  } else {
    releases_->refs.push_back(ref_);
    releases_->waiting = true;
  }
}

napi_value JsRef::value() const {
  napi_value out = nullptr;
  napi_get_reference_value(releases_->env, ref_, &out);
  return out;
}

Env::~Env() {
  releases->close();
  // Modes end in the order opposite to their beginning.
  while (!inference_modes.empty()) inference_modes.pop_back();
}

napi_value call_js(const JsRef& function, size_t argc, const napi_value* argv) {
  napi_env env = function.env();
  napi_value result = nullptr;
  napi_status status = napi_call_function(env, undefined(env), function.value(), argc, argv, &result);
  if (status == napi_ok) return result;
  bool pending = false;
  napi_is_exception_pending(env, &pending);
  if (pending) {
    napi_value error;
    napi_get_and_clear_last_exception(env, &error);
    // References hold objects only; whatever else was thrown travels inside one.
    napi_value box;
    napi_create_object(env, &box);
    napi_set_named_property(env, box, "error", error);
    env_of(env)->thrown = std::make_unique<JsRef>(env, box);
  }
  fail("TORCH_FAILED", "a JavaScript function called by libtorch threw");
}

uint32_t Env::put(napi_env env, at::Tensor tensor) {
  if (!tensor.defined()) return 0;
  if (releases->waiting) releases->drain();
  // A view shares its storage with a tensor that is already counted.
  int64_t bytes = 0;
  if (tensor.has_storage() && tensor.storage().use_count() == 1) bytes = tensor.storage().nbytes();
  uint32_t handle;
  if (free_slots.empty()) {
    handle = slots.size();
    slots.push_back(std::move(tensor));
    slot_bytes.push_back(bytes);
    slot_collected.push_back(false);
  } else {
    handle = free_slots.back();
    free_slots.pop_back();
    slots[handle] = std::move(tensor);
    slot_bytes[handle] = bytes;
  }
  live_tensors++;
  live_bytes += bytes;
  if (live_bytes > peak_bytes) peak_bytes = live_bytes;
  return handle;
}

void Env::leave_to_collector(napi_env env, uint32_t handle) {
  if (handle == 0 || handle >= slots.size() || !slots[handle].defined() || slot_collected[handle]) return;
  slot_collected[handle] = true;
  report(env, *this, slot_bytes[handle]);
}

void Env::free(napi_env env, uint32_t handle) {
  if (handle == 0 || handle >= slots.size() || !slots[handle].defined()) return;
  slots[handle].reset();
  live_tensors--;
  live_bytes -= slot_bytes[handle];
  if (slot_collected[handle]) report(env, *this, -slot_bytes[handle]);
  slot_collected[handle] = false;
  slot_bytes[handle] = 0;
  free_slots.push_back(handle);
}

const at::Tensor& Env::get(uint32_t handle) const {
  if (handle == 0 || handle >= slots.size() || !slots[handle].defined())
    fail("TENSOR_DISPOSED", "this tensor has been disposed");
  return slots[handle];
}

void fail(const char* code, const std::string& message) { throw Failure(code, message); }

// What other ranks' failures look like from here; they can surface in any call that waits for them, backward too.
static const char* distributed_code(const std::string& message) {
  auto has = [&](const char* part) { return message.find(part) != std::string::npos; };
  if (has("Connection closed by peer") || has("Connection reset by peer") || has("Broken pipe")) return "DIST_PEER_LOST";
  if (has("Timed out waiting") || has("Socket Timeout") || has("Wait timeout") || has("monitoredBarrier")) return "DIST_TIMEOUT";
  return nullptr;
}

void throw_js(napi_env env, const std::string& given, const std::string& message) {
  const char* distributed = given == "TORCH_FAILED" ? distributed_code(message) : nullptr;
  const std::string code = distributed ? distributed : given;
  bool pending = false;
  napi_is_exception_pending(env, &pending);
  if (pending) return;
  Env& state = *env_of(env);
  if (state.thrown) {
    napi_value error;
    napi_get_named_property(env, state.thrown->value(), "error", &error);
    state.thrown.reset();
    napi_throw(env, error);
    return;
  }
  napi_throw_error(env, code.c_str(), message.c_str());
}

std::string sentence_of(const c10::Error& error) {
  std::string text = error.what_without_backtrace();
  auto cut = text.find("\nException raised from");
  if (cut != std::string::npos) text.resize(cut);
  // What follows is a list of every backend there is.
  cut = text.find(" is only available for these backends");
  if (cut != std::string::npos) text.resize(cut);
  return text;
}

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

int64_t to_enum(napi_env env, napi_value value, Enumeration enumeration, const char* what) {
  static const char* const kNames[] = {"", "dtype", "layout", "memory format"};
  const char* kind = kNames[static_cast<int>(enumeration)];
  napi_valuetype type;
  napi_typeof(env, value, &type);
  if (type != napi_string) fail("TORCH_BAD_ARGUMENT", std::string("Expected the name of a ") + kind + " for " + what);
  std::string name = to_string(env, value, what);
  int64_t code;
  if (enum_code(name, enumeration, &code)) return code;
  fail("TORCH_BAD_ARGUMENT", std::string("Expected a ") + kind + " for " + what + " but received \"" + name + "\"");
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

std::string dtype_name(at::ScalarType type) {
  for (auto& [name, code] : kDtypes)
    if (code == type) return name;
  return at::toString(type);
}

bool enum_code(const std::string& name, Enumeration enumeration, int64_t* out) {
  if (enumeration == Enumeration::ScalarType) {
    for (auto& [dtype, code] : kDtypes)
      if (name == dtype) return *out = static_cast<int64_t>(code), true;
  } else if (enumeration == Enumeration::Layout) {
    if (name == "strided") return *out = static_cast<int64_t>(at::Layout::Strided), true;
  } else if (enumeration == Enumeration::MemoryFormat) {
    if (name == "contiguous_format") return *out = static_cast<int64_t>(at::MemoryFormat::Contiguous), true;
    if (name == "preserve_format") return *out = static_cast<int64_t>(at::MemoryFormat::Preserve), true;
    if (name == "channels_last") return *out = static_cast<int64_t>(at::MemoryFormat::ChannelsLast), true;
    if (name == "channels_last_3d") return *out = static_cast<int64_t>(at::MemoryFormat::ChannelsLast3d), true;
  }
  return false;
}

std::string describe(const at::Tensor& tensor) {
  if (!tensor.defined()) return "none";
  std::ostringstream out;
  out << dtype_name(tensor.scalar_type()) << "[";
  for (int64_t i = 0; i < tensor.dim(); i++) out << (i ? "," : "") << tensor.size(i);
  out << "]";
  return out.str();
}

}  // namespace semblance
