// Memory that a tensor and a JavaScript array have in common.
#include "state.h"

namespace semblance {
namespace {

// shareBytes(typedArray, shape, dtype): a tensor over the array's own memory, which lives until its last user ends.
napi_value share_bytes(Call& call) {
  napi_env env = call.env;
  bool is_typed = false;
  napi_is_typedarray(env, call.argv[0], &is_typed);
  if (!is_typed) fail("TORCH_BAD_ARGUMENT", "Expected a typed array");
  napi_typedarray_type type;
  size_t length = 0;
  void* data = nullptr;
  napi_get_typedarray_info(env, call.argv[0], &type, &length, &data, nullptr, nullptr);
  auto shape = to_ints(env, call.argv[1], "shape");
  auto dtype = static_cast<at::ScalarType>(to_enum(env, call.argv[2], Enumeration::ScalarType, "dtype"));
  size_t item_size = c10::elementSize(dtype);
  int64_t numel = 1;
  for (auto size : shape) {
    if (size < 0) fail("TORCH_BAD_ARGUMENT", "Expected sizes of at least 0 for shape");
    numel *= size;
  }
  if (static_cast<size_t>(numel) != length)
    fail("TORCH_SHAPE_MISMATCH", "Expected " + std::to_string(numel) + " elements for this shape but received " + std::to_string(length));
  if (reinterpret_cast<uintptr_t>(data) % item_size != 0)
    fail("TORCH_BAD_ARGUMENT", "Expected memory aligned to the size of an element");
  if (numel == 0) return from_int(env, env_of(env)->put(env, at::empty(shape, at::TensorOptions(dtype))));
  auto array = std::make_shared<JsRef>(env, call.argv[0]);
  // The last user may be another thread: JsRef then leaves the release to this one.
  auto tensor = at::from_blob(data, shape, [array](void*) mutable { array.reset(); }, at::TensorOptions(dtype));
  return from_int(env, env_of(env)->put(env, std::move(tensor)));
}

// shareTensor(tensor): an ArrayBuffer over a contiguous CPU tensor's memory, which lives as long as either.
napi_value share_tensor(Call& call) {
  const at::Tensor& tensor = first_tensor(call);
  if (!tensor.device().is_cpu() || !tensor.is_contiguous() || tensor.is_neg() || tensor.is_conj())
    fail("TORCH_BAD_ARGUMENT", "Expected a contiguous tensor in main memory but received " + describe(tensor));
  napi_value out;
  if (tensor.numel() == 0) {
    void* data;
    napi_create_arraybuffer(call.env, 0, &data, &out);
    return out;
  }
  auto* storage = new c10::Storage(tensor.storage());
  auto release = [](napi_env, void*, void* hint) { delete static_cast<c10::Storage*>(hint); };
  if (napi_create_external_arraybuffer(call.env, tensor.data_ptr(), tensor.nbytes(), release, storage, &out) != napi_ok) {
    delete storage;
    fail("TORCH_FAILED", "this JavaScript engine takes no memory from outside");
  }
  return out;
}

}  // namespace

void init_sharing(napi_env env, napi_value exports) {
  define(env, exports, "shareBytes", guarded<share_bytes>);
  define(env, exports, "shareTensor", guarded<share_tensor>);
}

}  // namespace semblance
