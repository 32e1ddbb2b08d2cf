// Tensors in and out of JavaScript memory, and what can be asked of one without an operator.
#include "state.h"

#include <cstring>

namespace semblance {
namespace {

struct Bytes {
  void* data = nullptr;
  size_t size = 0;
};

Bytes bytes_of(napi_env env, napi_value value) {
  bool is_typed = false;
  napi_is_typedarray(env, value, &is_typed);
  if (!is_typed) fail("TORCH_BAD_ARGUMENT", "Expected a typed array");
  napi_typedarray_type type;
  size_t length = 0;
  void* data = nullptr;
  napi_get_typedarray_info(env, value, &type, &length, &data, nullptr, nullptr);
  static const size_t kSizes[] = {1, 1, 1, 2, 2, 4, 4, 4, 8, 8, 8};
  size_t index = static_cast<size_t>(type);
  return {data, length * (index < sizeof(kSizes) / sizeof(size_t) ? kSizes[index] : 2)};
}

at::ScalarType dtype_of(napi_env env, napi_value value) {
  return static_cast<at::ScalarType>(to_enum(env, value, Enumeration::ScalarType, "dtype"));
}

// fromBytes(typedArray, shape, dtype): a tensor holding a copy of the bytes.
napi_value from_bytes(Call& call) {
  Bytes bytes = bytes_of(call.env, call.argv[0]);
  auto shape = to_ints(call.env, call.argv[1], "shape");
  auto dtype = dtype_of(call.env, call.argv[2]);
  int64_t numel = 1;
  for (auto size : shape) {
    if (size < 0) fail("TORCH_BAD_ARGUMENT", "Expected sizes of at least 0 for shape");
    numel *= size;
  }
  if (numel * c10::elementSize(dtype) != bytes.size)
    fail("TORCH_SHAPE_MISMATCH", "Expected " + std::to_string(numel * c10::elementSize(dtype)) + " bytes for this shape but received " + std::to_string(bytes.size));
  auto tensor = at::empty(shape, at::TensorOptions(dtype));
  if (bytes.size) std::memcpy(tensor.data_ptr(), bytes.data, bytes.size);
  return from_int(call.env, env_of(call.env)->put(call.env, std::move(tensor)));
}

// toBytes(handle): an ArrayBuffer with the elements in row-major order.
napi_value to_bytes(Call& call) {
  at::Tensor tensor = env_of(call.env)->get(to_handle(call.env, call.argv[0], "tensor")).detach().cpu().resolve_neg().resolve_conj().contiguous();
  void* data = nullptr;
  napi_value out;
  size_t size = tensor.numel() * tensor.element_size();
  if (napi_create_arraybuffer(call.env, size, &data, &out) != napi_ok) fail("TORCH_OUT_OF_MEMORY", "no memory for an array of " + std::to_string(size) + " bytes");
  if (size) std::memcpy(data, tensor.data_ptr(), size);
  return out;
}

// copyInto(handle, typedArray): overwrites a contiguous CPU tensor's elements.
napi_value copy_into(Call& call) {
  const at::Tensor& tensor = env_of(call.env)->get(to_handle(call.env, call.argv[0], "tensor"));
  Bytes bytes = bytes_of(call.env, call.argv[1]);
  if (!tensor.device().is_cpu() || !tensor.is_contiguous()) fail("TORCH_BAD_ARGUMENT", "Expected a contiguous tensor in main memory");
  if (static_cast<size_t>(tensor.nbytes()) != bytes.size)
    fail("TORCH_SHAPE_MISMATCH", "Expected " + std::to_string(tensor.nbytes()) + " bytes but received " + std::to_string(bytes.size));
  if (bytes.size) std::memcpy(tensor.data_ptr(), bytes.data, bytes.size);
  return undefined(call.env);
}

napi_value free_one(Call& call) {
  env_of(call.env)->free(call.env, to_handle(call.env, call.argv[0], "tensor"));
  return undefined(call.env);
}

napi_value leave_to_collector(Call& call) {
  env_of(call.env)->leave_to_collector(call.env, to_handle(call.env, call.argv[0], "tensor"));
  return undefined(call.env);
}

napi_value ints(napi_env env, at::IntArrayRef values) {
  napi_value out;
  napi_create_array_with_length(env, values.size(), &out);
  for (size_t i = 0; i < values.size(); i++) napi_set_element(env, out, i, from_int(env, values[i]));
  return out;
}

napi_value shape(Call& call) { return ints(call.env, first_tensor(call).sizes()); }
napi_value strides(Call& call) { return ints(call.env, first_tensor(call).strides()); }
napi_value dtype(Call& call) { return from_string(call.env, dtype_name(first_tensor(call).scalar_type())); }
napi_value device(Call& call) { return from_string(call.env, first_tensor(call).device().str()); }
napi_value numel(Call& call) { return from_int(call.env, first_tensor(call).numel()); }
napi_value is_contiguous(Call& call) {
  bool last = call.argc > 1 && to_bool(call.env, call.argv[1], "channelsLast");
  return from_bool(call.env, first_tensor(call).is_contiguous(last ? at::MemoryFormat::ChannelsLast : at::MemoryFormat::Contiguous));
}

napi_value item(Call& call) {
  const at::Tensor& tensor = first_tensor(call);
  if (tensor.numel() != 1) fail("TORCH_SHAPE_MISMATCH", "Expected a tensor of one element for item() but received " + describe(tensor));
  auto scalar = tensor.item();
  if (scalar.isBoolean()) return from_bool(call.env, scalar.toBool());
  if (scalar.isIntegral(false)) return from_int(call.env, scalar.toLong());
  return from_double(call.env, scalar.toDouble());
}

}  // namespace

void init_tensor(napi_env env, napi_value exports) {
  define(env, exports, "fromBytes", guarded<from_bytes>);
  define(env, exports, "toBytes", guarded<to_bytes>);
  define(env, exports, "copyInto", guarded<copy_into>);
  define(env, exports, "free", guarded<free_one>);
  define(env, exports, "leaveToCollector", guarded<leave_to_collector>);
  define(env, exports, "shape", guarded<shape>);
  define(env, exports, "strides", guarded<strides>);
  define(env, exports, "dtype", guarded<dtype>);
  define(env, exports, "device", guarded<device>);
  define(env, exports, "numel", guarded<numel>);
  define(env, exports, "isContiguous", guarded<is_contiguous>);
  define(env, exports, "item", guarded<item>);
}

}  // namespace semblance
