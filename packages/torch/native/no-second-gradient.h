// What the backward passes of our own operators say first.
#pragma once

#include <ATen/core/grad_mode.h>
#include <c10/util/Exception.h>

namespace semblance {

// Gradients are on during backward only where a graph of it is asked for: ours would be missing in it, without a word.
inline void no_second_gradient(const char* op) {
  TORCH_CHECK(!at::GradMode::is_enabled(), "semblance::", op, " has no second gradient: compute it in float64, or with the module in eval mode, where libtorch's own operators take its place");
}

}  // namespace semblance
