// Per-environment state of the addon, and with it all that every file here uses.
//
// A tensor crosses to JavaScript as a handle: an index into a table of at::Tensor that belongs to one
// JavaScript environment (main thread or worker). Handle 0 is "no tensor". Numbers are the cheapest thing
// Node-API can carry, and no JavaScript value is ever touched by another thread.
#pragma once

#include "call.h"
#include "convert.h"
#include "js-ref.h"
#include "schema.h"

#include <ATen/ATen.h>
#include <ATen/core/Generator.h>
#include <c10/core/InferenceMode.h>
#include <node_api.h>

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace semblance {

struct Env {
  explicit Env(napi_env env) : releases(std::make_shared<Releases>(env)) {}
  ~Env();

  std::shared_ptr<Releases> releases;
  std::vector<at::Generator> generators{at::Generator()};
  std::vector<std::unique_ptr<c10::InferenceMode>> inference_modes;
  // An error thrown by JavaScript that libtorch called, on its way through C++ back to JavaScript.
  std::unique_ptr<JsRef> thrown;
  // The operator under way, for anomaly detection to name.
  const Op* current_op = nullptr;
  Call* current_call = nullptr;

  std::vector<at::Tensor> slots{at::Tensor()};
  std::vector<int64_t> slot_bytes{0};
  std::vector<bool> slot_collected{false};  // by JavaScript's garbage collector
  std::vector<uint32_t> free_slots;
  // Operators keep their place: a call may lead back to JavaScript, which may look up more of them.
  std::deque<Op> ops;
  std::unordered_map<std::string, uint32_t> op_ids;
  int64_t live_tensors = 0;
  int64_t live_bytes = 0;
  int64_t peak_bytes = 0;
  int64_t unreported_bytes = 0;

  uint32_t put(napi_env env, at::Tensor tensor);
  void free(napi_env env, uint32_t handle);
  // From here on the garbage collector owns the tensor: it is told of the bytes.
  void leave_to_collector(napi_env env, uint32_t handle);
  // Throws TENSOR_DISPOSED for a handle that is free or out of range.
  const at::Tensor& get(uint32_t handle) const;
};

Env* env_of(napi_env env);

// "self: float32[2,3], other: float32[4]" of the tensors a call was given.
std::string shapes_of(Env& state, napi_env env, const Op& op, Call& call);

// The operator whose id is argument 0; the arguments after it by its schema; its results as JavaScript gets them.
const Op& op_at(Call& call);
std::vector<c10::IValue> arguments_of(Env& state, const Op& op, Call& call);
napi_value from_ivalue(Env& state, napi_env env, const c10::IValue& value);
napi_value results_of(Env& state, napi_env env, const Op& op, const std::vector<c10::IValue>& stack);
Failure op_failure(const Op& op, const c10::Error& error, const std::string& shapes);
Failure op_failure(const Op& op, const std::exception& error, const std::string& shapes);

void init_schema(napi_env env, napi_value exports);
void init_dispatch(napi_env env, napi_value exports);
void init_tensor(napi_env env, napi_value exports);
void init_autograd(napi_env env, napi_value exports);
void init_functions(napi_env env, napi_value exports);
void init_anomaly(napi_env env, napi_value exports);
void init_modes(napi_env env, napi_value exports);
void init_sharing(napi_env env, napi_value exports);
void init_runtime(napi_env env, napi_value exports);
void init_cuda(napi_env env, napi_value exports);
void init_allocator(napi_env env, napi_value exports);
void init_profiler(napi_env env, napi_value exports);
void init_background(napi_env env, napi_value exports);

}  // namespace semblance
