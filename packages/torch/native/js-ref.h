// JavaScript values that C++ holds on to.
#pragma once

#include <node_api.h>

#include <atomic>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace semblance {

// References to JavaScript values that other threads let go of: only their own thread may delete them.
struct Releases {
  napi_env env;
  std::thread::id owner = std::this_thread::get_id();
  std::mutex mutex;
  std::vector<napi_ref> refs;
  std::atomic<bool> waiting{false};
  bool closed = false;  // the environment is gone and its references with it

  explicit Releases(napi_env e) : env(e) {}
  bool is_own_thread() const { return std::this_thread::get_id() == owner; }
  void drain();
  void close();
};

// Holds a JavaScript value; may be destroyed by any thread and at any time.
class JsRef {
 public:
  JsRef(napi_env env, napi_value value);
  ~JsRef();
  JsRef(const JsRef&) = delete;
  napi_env env() const { return releases_->env; }
  bool is_own_thread() const { return releases_->is_own_thread() && !releases_->closed; }
  napi_value value() const;

 private:
  std::shared_ptr<Releases> releases_;
  napi_ref ref_ = nullptr;
};

// Calls a JavaScript function from inside libtorch. What it throws is kept in Env::thrown and travels as a Failure.
napi_value call_js(const JsRef& function, size_t argc, const napi_value* argv);

}  // namespace semblance
