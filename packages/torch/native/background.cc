// Operators and backward passes in another thread, for callers whose event loop has to stay free.
//
// Arguments are converted before the work begins and results after it has ended, both in JavaScript's own thread.
// The work sees the modes (no-grad, inference, autocast) that were on when it was asked for. One piece of work of a
// JavaScript thread follows another, as they were asked for: operators that write in place keep their order.
#include "compat.h"
#include "state.h"

#include <ATen/Parallel.h>
#include <ATen/ThreadLocalState.h>
#include <torch/csrc/autograd/autograd.h>

#include <functional>

namespace semblance {
namespace {

struct Work {
  napi_async_work work = nullptr;
  napi_deferred deferred = nullptr;
  std::function<void()> run;
  std::function<napi_value(napi_env)> result;
  at::ThreadLocalState modes;
  Autocast autocast = autocast_of(c10::kCPU);
  std::unique_ptr<Failure> failure;
};

// This JavaScript thread's work: the first is under way.
thread_local std::deque<std::unique_ptr<Work>> queue;

void execute(napi_env, void* data) {
  Work& work = *static_cast<Work*>(data);
  // The number of threads is a property of each thread that starts others.
  at::init_num_threads();
  at::ThreadLocalStateGuard modes(work.modes);
  const Autocast before = autocast_of(c10::kCPU);
  set_autocast(c10::kCPU, work.autocast);
  try {
    work.run();
  } catch (const Failure& e) {
    work.failure = std::make_unique<Failure>(e);
  } catch (const c10::Error& e) {
    work.failure = std::make_unique<Failure>("TORCH_FAILED", sentence_of(e));
  } catch (const std::exception& e) {
    work.failure = std::make_unique<Failure>("TORCH_FAILED", e.what());
  } catch (...) {
    work.failure = std::make_unique<Failure>("TORCH_FAILED", "unknown native failure");
  }
  set_autocast(c10::kCPU, before);
}

void reject(napi_env env, Work& work, const std::string& code, const std::string& message) {
  napi_reject_deferred(env, work.deferred, error_of(env, code, message));
}

void complete(napi_env env, napi_status status, void*) {
  std::unique_ptr<Work> work = std::move(queue.front());
  queue.pop_front();
  napi_delete_async_work(env, work->work);
  if (status != napi_ok)
    reject(env, *work, "TORCH_FAILED", "the thread ends before its work is done");
  else if (work->failure)
    reject(env, *work, work->failure->code, work->failure->what());
  else
    napi_resolve_deferred(env, work->deferred, work->result(env));
  if (!queue.empty()) napi_queue_async_work(env, queue.front()->work);
}

napi_value start(napi_env env, std::unique_ptr<Work> work) {
  napi_value promise;
  napi_create_promise(env, &work->deferred, &promise);
  napi_create_async_work(env, nullptr, from_string(env, "torch"), execute, complete, work.get(), &work->work);
  queue.push_back(std::move(work));
  if (queue.size() == 1) napi_queue_async_work(env, queue.front()->work);
  return promise;
}

// callInBackground(id, ...args): as `call`, with a promise of what it returns.
napi_value call_in_background(Call& call) {
  Env& state = *env_of(call.env);
  const Op& op = op_at(call);
  auto stack = std::make_shared<torch::jit::Stack>();
  try {
    *stack = arguments_of(state, op, call);
  } catch (const Failure& e) {
    fail(e.code.c_str(), op.name + ": " + e.what());
  }
  auto work = std::make_unique<Work>();
  work->run = [stack, &op, shapes = shapes_of(state, call.env, op, call)] {
    try {
      op.handle.callBoxed(stack.get());
    } catch (const c10::Error& e) {
      throw op_failure(op, e, shapes);
    } catch (const std::exception& e) {
      throw op_failure(op, e, shapes);
    }
  };
  work->result = [stack, &op, &state](napi_env env) { return results_of(state, env, op, *stack); };
  return start(call.env, std::move(work));
}

// backwardInBackground(roots, gradients, retainGraph, createGraph): a promise of nothing.
napi_value backward_in_background(Call& call) {
  auto work = std::make_unique<Work>();
  work->run = [roots = tensors_at(call, 0), gradients = tensors_at(call, 1), retain = to_bool(call.env, call.argv[2], "retainGraph"),
               create = to_bool(call.env, call.argv[3], "createGraph")] {
    torch::autograd::backward(roots, gradients, retain, create);
  };
  work->result = [](napi_env env) { return undefined(env); };
  return start(call.env, std::move(work));
}

}  // namespace

void init_background(napi_env env, napi_value exports) {
  define(env, exports, "callInBackground", guarded<call_in_background>);
  define(env, exports, "backwardInBackground", guarded<backward_in_background>);
}

}  // namespace semblance
