// The names of RPC's autograd that the Reducer's header mentions; Debian's libtorch-dev leaves this header out.
// The Reducer holds pointers to the context and lets the library make it, so its members do not matter here.
#pragma once

#include <ATen/core/Tensor.h>

#include <functional>
#include <memory>

namespace torch {
namespace distributed {
namespace autograd {

class DistAutogradContext {
 public:
  using GradCallback = std::function<bool(at::Tensor&)>;
};

using ContextPtr = std::shared_ptr<DistAutogradContext>;

}  // namespace autograd
}  // namespace distributed
}  // namespace torch
