// What differs between versions of libtorch, each difference once. 1.13 is the oldest supported.
#pragma once

#include <ATen/autocast_mode.h>
#include <c10/core/Allocator.h>
#include <torch/version.h>

#include <cstring>

#define SEMBLANCE_TORCH_AT_LEAST(major, minor) \
  (TORCH_VERSION_MAJOR > (major) || (TORCH_VERSION_MAJOR == (major) && TORCH_VERSION_MINOR >= (minor)))

namespace semblance {

struct Autocast {
  bool enabled;
  at::ScalarType dtype;
};

// Since 2.4 autocast is asked for by device type; before, each had functions of its own.
inline Autocast autocast_of(c10::DeviceType device) {
#if SEMBLANCE_TORCH_AT_LEAST(2, 4)
  return {at::autocast::is_autocast_enabled(device), at::autocast::get_autocast_dtype(device)};
#else
  if (device == c10::kCPU) return {at::autocast::is_cpu_enabled(), at::autocast::get_autocast_cpu_dtype()};
  return {at::autocast::is_enabled(), at::autocast::get_autocast_gpu_dtype()};
#endif
}

inline void set_autocast(c10::DeviceType device, Autocast state) {
#if SEMBLANCE_TORCH_AT_LEAST(2, 4)
  at::autocast::set_autocast_enabled(device, state.enabled);
  at::autocast::set_autocast_dtype(device, state.dtype);
#else
  if (device == c10::kCPU) {
    at::autocast::set_cpu_enabled(state.enabled);
    at::autocast::set_autocast_cpu_dtype(state.dtype);
  } else {
    at::autocast::set_enabled(state.enabled);
    at::autocast::set_autocast_gpu_dtype(state.dtype);
  }
#endif
}

// An allocator of the CPU. `allocate` lost its const within 2.x and `copy_data` came: whichever the base declares is overridden.
struct CpuAllocator : c10::Allocator {
  virtual at::DataPtr take(size_t bytes) const = 0;
  at::DataPtr allocate(size_t bytes) const { return take(bytes); }
  at::DataPtr allocate(size_t bytes) { return take(bytes); }
  void copy_data(void* to, const void* from, size_t bytes) const { std::memcpy(to, from, bytes); }
};

}  // namespace semblance
