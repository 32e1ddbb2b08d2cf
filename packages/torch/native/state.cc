// The table of tensors that belongs to one JavaScript environment.
#include "state.h"

namespace semblance {

namespace {
// V8 is told of native bytes in steps: a call for every tensor would cost more than the tensor. And only of bytes that
// it alone can free: those of a scope come and go by the gigabyte in every training step, and each such wave would
// set it marking its whole heap for nothing.
constexpr int64_t kReportStepBytes = 4 << 20;

void report(napi_env env, Env& state, int64_t delta) {
  state.unreported_bytes += delta;
  if (state.unreported_bytes > kReportStepBytes || state.unreported_bytes < -kReportStepBytes) {
    int64_t total;
    napi_adjust_external_memory(env, state.unreported_bytes, &total);
    state.unreported_bytes = 0;
  }
}
}  // namespace

Env* env_of(napi_env env) {
  void* data = nullptr;
  napi_get_instance_data(env, &data);
  return static_cast<Env*>(data);
}

Env::~Env() {
  releases->close();
  // Modes end in the order opposite to their beginning.
  while (!inference_modes.empty()) inference_modes.pop_back();
}

uint32_t Env::put(napi_env env, at::Tensor tensor) {
  if (!tensor.defined()) return 0;
  if (releases->waiting) releases->drain();
  // A view shares its storage with a tensor that is already counted.
  int64_t bytes = 0;
  if (tensor.has_storage() && tensor.storage().use_count() == 1) bytes = tensor.storage().nbytes();
  uint32_t handle;
  if (free_slots.empty()) {
    handle = slots.size();
    slots.push_back(std::move(tensor));
    slot_bytes.push_back(bytes);
    slot_collected.push_back(false);
  } else {
    handle = free_slots.back();
    free_slots.pop_back();
    slots[handle] = std::move(tensor);
    slot_bytes[handle] = bytes;
  }
  live_tensors++;
  live_bytes += bytes;
  if (live_bytes > peak_bytes) peak_bytes = live_bytes;
  return handle;
}

void Env::leave_to_collector(napi_env env, uint32_t handle) {
  if (handle == 0 || handle >= slots.size() || !slots[handle].defined() || slot_collected[handle]) return;
  slot_collected[handle] = true;
  report(env, *this, slot_bytes[handle]);
}

void Env::free(napi_env env, uint32_t handle) {
  if (handle == 0 || handle >= slots.size() || !slots[handle].defined()) return;
  slots[handle].reset();
  live_tensors--;
  live_bytes -= slot_bytes[handle];
  if (slot_collected[handle]) report(env, *this, -slot_bytes[handle]);
  slot_collected[handle] = false;
  slot_bytes[handle] = 0;
  free_slots.push_back(handle);
}

const at::Tensor& Env::get(uint32_t handle) const {
  if (handle == 0 || handle >= slots.size() || !slots[handle].defined())
    fail("TENSOR_DISPOSED", "this tensor has been disposed");
  return slots[handle];
}

}  // namespace semblance
