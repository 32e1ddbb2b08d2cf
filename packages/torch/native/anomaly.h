// Names the operator whose gradient failed; see anomaly.cc.
#pragma once

#include "state.h"

namespace semblance {

// What is known of the failing gradient since the last call, or "".
std::string take_anomaly();

// Runs fn; a libtorch error gains the name of the operator whose gradient it was, where anomaly detection is on.
template <typename Fn>
void named_anomalies(Fn fn) {
  take_anomaly();
  try {
    fn();
  } catch (const Failure&) {
    throw;
  } catch (const std::exception& e) {
    std::string origin = take_anomaly();
    if (origin.empty()) throw;
    auto error = dynamic_cast<const c10::Error*>(&e);
    fail("TORCH_ANOMALY", (error ? sentence_of(*error) : std::string(e.what())) + origin);
  }
}

}  // namespace semblance
