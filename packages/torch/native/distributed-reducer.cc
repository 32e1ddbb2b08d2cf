// c10d's Reducer: gradients in buckets, each all-reduced while backward still makes the next.
#include "compat.h"
#include "distributed.h"

#include <torch/csrc/distributed/c10d/comm.hpp>
#include <torch/csrc/distributed/c10d/logger.hpp>
#include <torch/csrc/distributed/c10d/reducer.hpp>

#include <algorithm>

namespace semblance {
namespace {

c10d::Reducer& to_reducer(Call& call) {
  auto& reducer = dist_object(call.env, call.argv[0]).reducer;
  if (!reducer) fail("DIST_NOT_INITIALIZED", "this gradient reducer has been disposed");
  return *reducer;
}

std::vector<std::string> to_strings(napi_env env, napi_value value) {
  std::vector<std::string> out;
  uint32_t length = 0;
  napi_get_array_length(env, value, &length);
  for (uint32_t i = 0; i < length; i++) {
    napi_value element;
    napi_get_element(env, value, i, &element);
    out.push_back(to_string(env, element, "name"));
  }
  return out;
}

// reducer(group, params, names, bucketBytes, firstBucketBytes, findUnused, gradientAsBucketView)
// Throws DIST_MISMATCH where ranks differ in the parameters' number, shapes or dtypes.
napi_value new_reducer(Call& call) {
  Group group = to_group(call.env, call.argv[0]);
  auto params = to_tensors(call.env, call.argv[1]);
  auto names = to_strings(call.env, call.argv[2]);
  int64_t bytes = to_int(call.env, call.argv[3], "bucketBytes");
  int64_t first = to_int(call.env, call.argv[4], "firstBucketBytes");
  try {
    c10d::verify_params_across_processes(group, params, {});
  } catch (const c10::Error& e) {
    fail("DIST_MISMATCH", sentence_of(e));
  }
  std::vector<bool> dense(params.size(), false);
  auto [buckets, limits] = c10d::compute_bucket_assignment_by_size(params, {static_cast<size_t>(first), static_cast<size_t>(bytes)}, dense);
  // Backward makes the last gradients first.
  std::reverse(buckets.begin(), buckets.end());
  std::reverse(limits.begin(), limits.end());
  std::unordered_map<size_t, std::string> named;
  for (size_t i = 0; i < names.size(); i++) named[i] = names[i];
  DistObject object;
  object.group = group;
  object.reducer = make_reducer<c10d::Reducer>(params, buckets, limits, group, bytes, to_bool(call.env, call.argv[5], "findUnusedParameters"),
                                               to_bool(call.env, call.argv[6], "gradientAsBucketView"), named, first);
  // The Reducer reports to its logger without asking whether there is one.
  object.logger = std::make_shared<c10d::Logger>(object.reducer);
  object.reducer->set_logger(object.logger);
  return wrap_dist(call.env, std::move(object));
}

// reducerBeforeForward(reducer): after the first step the buckets are made anew in the order gradients came.
napi_value before_forward(Call& call) {
  auto& reducer = to_reducer(call);
  reducer.prepare_for_forward();
  return from_bool(call.env, reducer.rebuild_buckets());
}

// reducerBeforeBackward(reducer, outputs): the next backward reduces. Outputs are searched for unused parameters.
napi_value before_backward(Call& call) {
  to_reducer(call).prepare_for_backward(to_tensors(call.env, call.argv[1]));
  return undefined(call.env);
}

// broadcastCoalesced(group, tensors, bufferBytes, source): many tensors in few messages, in place.
napi_value js_broadcast_coalesced(Call& call) {
  at::NoGradGuard no_grad;
  auto tensors = to_tensors(call.env, call.argv[1]);
  for (auto& tensor : tensors) tensor = tensor.detach();
  c10d::broadcast_coalesced(to_group(call.env, call.argv[0]), tensors, static_cast<size_t>(to_int(call.env, call.argv[2], "bufferBytes")),
                            static_cast<int>(to_int(call.env, call.argv[3], "source")));
  return undefined(call.env);
}

}  // namespace

void init_reducer(napi_env env, napi_value exports) {
  define(env, exports, "reducer", guarded<new_reducer>);
  define(env, exports, "reducerBeforeForward", guarded<before_forward>);
  define(env, exports, "reducerBeforeBackward", guarded<before_backward>);
  define(env, exports, "broadcastCoalesced", guarded<js_broadcast_coalesced>);
}

}  // namespace semblance
