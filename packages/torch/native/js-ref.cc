// JavaScript values that C++ holds on to, and calls back into JavaScript.
#include "state.h"

namespace semblance {

void Releases::drain() {
  std::lock_guard<std::mutex> lock(mutex);
  for (auto ref : refs) napi_delete_reference(env, ref);
  refs.clear();
  waiting = false;
}

void Releases::close() {
  std::lock_guard<std::mutex> lock(mutex);
  closed = true;
}

JsRef::JsRef(napi_env env, napi_value value) : releases_(env_of(env)->releases) {
  napi_create_reference(env, value, 1, &ref_);
}

JsRef::~JsRef() {
  if (!ref_) return;
  std::lock_guard<std::mutex> lock(releases_->mutex);
  if (releases_->closed) return;
  if (releases_->is_own_thread()) {
    napi_delete_reference(releases_->env, ref_);
  } else {
    releases_->refs.push_back(ref_);
    releases_->waiting = true;
  }
}

napi_value JsRef::value() const {
  napi_value out = nullptr;
  napi_get_reference_value(releases_->env, ref_, &out);
  return out;
}

napi_value call_js(const JsRef& function, size_t argc, const napi_value* argv) {
  napi_env env = function.env();
  napi_value result = nullptr;
  napi_status status = napi_call_function(env, undefined(env), function.value(), argc, argv, &result);
  if (status == napi_ok) return result;
  bool pending = false;
  napi_is_exception_pending(env, &pending);
  if (pending) {
    napi_value error;
    napi_get_and_clear_last_exception(env, &error);
    // References hold objects only; whatever else was thrown travels inside one.
    napi_value box;
    napi_create_object(env, &box);
    napi_set_named_property(env, box, "error", error);
    env_of(env)->thrown = std::make_unique<JsRef>(env, box);
  }
  fail("TORCH_FAILED", "a JavaScript function called by libtorch threw");
}

}  // namespace semblance
