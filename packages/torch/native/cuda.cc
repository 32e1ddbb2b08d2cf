// CUDA devices through libtorch's own hooks, which a build without CUDA's headers has too.
#include "state.h"

#include <ATen/Context.h>
#include <ATen/detail/CUDAHooksInterface.h>

namespace semblance {
namespace {

int64_t num_devices() { return at::hasCUDA() ? at::detail::getCUDAHooks().getNumGPUs() : 0; }

napi_value devices(Call& call) { return from_int(call.env, num_devices()); }

// cudaSynchronize(device): waits until the device has done what it was told.
napi_value synchronize(Call& call) {
  int64_t device = to_int(call.env, call.argv[0], "device");
  if (device < 0 || device >= num_devices())
    fail("TORCH_NO_DEVICE", "Expected a CUDA device of this machine, of " + std::to_string(num_devices()) + ", but received " + std::to_string(device));
  at::detail::getCUDAHooks().deviceSynchronize(device);
  return undefined(call.env);
}

}  // namespace

void init_cuda(napi_env env, napi_value exports) {
  define(env, exports, "cudaDevices", guarded<devices>);
  define(env, exports, "cudaSynchronize", guarded<synchronize>);
}

}  // namespace semblance
