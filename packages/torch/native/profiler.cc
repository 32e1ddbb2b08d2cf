// Times of what autograd runs by itself: JavaScript sees a backward pass as one call.
#include "state.h"

#include <ATen/record_function.h>

#include <chrono>

namespace semblance {
namespace {

struct Node {
  std::string name;
  int64_t start_ns, end_ns;
};

struct Recording {
  at::CallbackHandle handle;
  std::vector<Node> nodes;
};

// A backward pass on the CPU runs in the thread that asks for it.
thread_local std::unique_ptr<Recording> recording;

// The clock of process.hrtime().
int64_t now_ns() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

struct Started : at::ObserverContext {
  int64_t ns = now_ns();
};

std::unique_ptr<at::ObserverContext> begin(const at::RecordFunction&) { return std::make_unique<Started>(); }

void end(const at::RecordFunction& function, at::ObserverContext* context) {
  if (recording && context) recording->nodes.push_back({function.name(), static_cast<Started*>(context)->ns, now_ns()});
}

// recordBackward(): from here on this thread's gradient nodes are timed.
napi_value record_backward(Call& call) {
  if (recording) fail("TORCH_FAILED", "a profile is being made already");
  recording = std::make_unique<Recording>();
  recording->handle = at::addThreadLocalCallback(at::RecordFunctionCallback(begin, end).scopes({at::RecordScope::BACKWARD_FUNCTION}));
  return undefined(call.env);
}

// backwardRecorded(): [[name, startNs, endNs], …] since recordBackward, which ends here.
napi_value backward_recorded(Call& call) {
  if (!recording) fail("TORCH_FAILED", "no profile is being made");
  at::removeCallback(recording->handle);
  const auto nodes = std::move(recording->nodes);
  recording.reset();
  napi_value out;
  napi_create_array_with_length(call.env, nodes.size(), &out);
  for (size_t i = 0; i < nodes.size(); i++) {
    napi_value row;
    napi_create_array_with_length(call.env, 3, &row);
    napi_set_element(call.env, row, 0, from_string(call.env, nodes[i].name));
    napi_set_element(call.env, row, 1, from_double(call.env, static_cast<double>(nodes[i].start_ns)));
    napi_set_element(call.env, row, 2, from_double(call.env, static_cast<double>(nodes[i].end_ns)));
    napi_set_element(call.env, out, i, row);
  }
  return out;
}

}  // namespace

void init_profiler(napi_env env, napi_value exports) {
  define(env, exports, "recordBackward", guarded<record_backward>);
  define(env, exports, "backwardRecorded", guarded<backward_recorded>);
}

}  // namespace semblance
