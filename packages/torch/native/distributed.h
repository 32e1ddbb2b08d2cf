// Process groups of c10d as the files of distributed training share them.
#pragma once

#include "state.h"

#include <torch/csrc/distributed/c10d/ProcessGroup.hpp>
#include <torch/csrc/distributed/c10d/Store.hpp>

#include <memory>

namespace c10d {
class Logger;
class Reducer;
}

namespace semblance {

using Group = c10::intrusive_ptr<c10d::ProcessGroup>;

// What JavaScript holds of c10d: one of these, freed by `distRelease` or with the object that holds it.
struct DistObject {
  c10::intrusive_ptr<c10d::Store> store;
  Group group;
  std::shared_ptr<c10d::Reducer> reducer;
  std::shared_ptr<c10d::Logger> logger;
};

napi_value wrap_dist(napi_env env, DistObject object);
DistObject& dist_object(napi_env env, napi_value value);
// Throw DIST_NOT_INITIALIZED where it is another kind of object or was released.
Group to_group(napi_env env, napi_value value);
std::vector<at::Tensor> to_tensors(napi_env env, napi_value value);
// The tensor of an argument, and a handle for a result.
const at::Tensor& tensor_at(Call& call, size_t index);
napi_value put(Call& call, at::Tensor tensor);

enum class Reduce { Sum, Avg, Max, Min };
Reduce to_reduce(const std::string& name);

// All block until every rank took part; the group's timeout bounds them. Any dtype, any strides.
void all_reduce(const Group& group, const at::Tensor& tensor, Reduce reduce);
void broadcast(const Group& group, const at::Tensor& tensor, int64_t source);
// [...] of every rank → [ranks, ...]; the shapes agree.
at::Tensor all_gather(const Group& group, const at::Tensor& tensor);
// Every rank gives [Σ counts, ...] and receives its own `counts[rank]` rows, reduced over the ranks.
at::Tensor reduce_scatter(const Group& group, const at::Tensor& tensor, const std::vector<int64_t>& counts, Reduce reduce);

// A reduction under way: what is reduced, and where it goes. Nothing of it for a tensor without elements.
struct Reduction {
  c10::intrusive_ptr<c10d::Work> work;
  at::Tensor wire;
  at::Tensor target;
  int64_t divisor = 1;
};
Reduction begin_all_reduce(const Group& group, const at::Tensor& tensor, Reduce reduce);
// Blocks until every rank took part, and writes the result.
void end_all_reduce(const Reduction& begun);

void init_collectives(napi_env env, napi_value exports);
void init_reducer(napi_env env, napi_value exports);
void init_dist_functions(napi_env env, napi_value exports);

}  // namespace semblance
