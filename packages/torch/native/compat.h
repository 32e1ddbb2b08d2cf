// What differs between versions of libtorch, each difference once. 1.13 is the oldest supported.
#pragma once

#include <ATen/autocast_mode.h>
#include <ATen/Context.h>
#include <c10/core/Allocator.h>
#include <torch/version.h>

#include <cstring>
#include <memory>
#include <type_traits>
#include <vector>

#ifdef USE_C10D_GLOO
#include <torch/csrc/distributed/c10d/ProcessGroup.hpp>
#endif

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

#ifdef USE_C10D_GLOO
// Later TCPStores would serve by libuv, which not every libtorch has.
template <typename Options>
auto serve_by_sockets(Options& options, int) -> decltype(options.useLibUV = false, void()) {
  options.useLibUV = false;
}
template <typename Options>
void serve_by_sockets(Options&, long) {}

// The reducer of gradients in these buckets, of `bytes` but for a first one of `first`. Its constructor has changed twice.
template <typename Reducer, typename Params, typename Buckets, typename Limits, typename Group, typename Names>
std::shared_ptr<Reducer> make_reducer(const Params& params, const Buckets& buckets, const Limits& limits, const Group& group, int64_t bytes, bool find_unused,
                                      bool as_views, const Names& names, int64_t first) {
  const std::vector<bool> dense(params.size(), false);
  if constexpr (std::is_constructible_v<Reducer, Params, Buckets, Limits, Group, std::vector<bool>, int64_t, bool, bool, Names, int64_t>)
    return std::make_shared<Reducer>(params, buckets, limits, group, dense, bytes, find_unused, as_views, names, first);
  else if constexpr (std::is_constructible_v<Reducer, Params, Buckets, Limits, Group, std::vector<bool>, int64_t, bool, bool, Names, int64_t, bool, bool>)
    return std::make_shared<Reducer>(params, buckets, limits, group, dense, bytes, find_unused, as_views, names, first, false, false);
  else
    return std::make_shared<Reducer>(params, buckets, group, dense, bytes, find_unused, as_views, names, first, false, false, std::vector<int64_t>{first, bytes});
}

// A process group over Gloo. Since 2.0 a group is a table of backends by device; before, the backend was the group.
template <typename Gloo, typename Options>
c10::intrusive_ptr<c10d::ProcessGroup> gloo_process_group(const c10::intrusive_ptr<c10d::Store>& store, int rank, int size, Options options) {
  auto gloo = c10::make_intrusive<Gloo>(store, rank, size, options);
  gloo->setSequenceNumberForGroup();
#if SEMBLANCE_TORCH_AT_LEAST(2, 0)
#if SEMBLANCE_TORCH_AT_LEAST(2, 6)
  auto group = c10::make_intrusive<c10d::ProcessGroup>(store, rank, size);
#else
  auto group = c10::make_intrusive<c10d::ProcessGroup>(rank, size);
#endif
  const auto kind = c10d::ProcessGroup::BackendType::GLOO;
  group->setBackend(c10::kCPU, kind, c10::intrusive_ptr<c10d::Backend>(gloo));
  if (at::hasCUDA()) group->setBackend(c10::kCUDA, kind, c10::intrusive_ptr<c10d::Backend>(gloo));
  group->setDefaultBackend(kind);
  return group;
#else
  return gloo;
#endif
}
#endif

}  // namespace semblance
