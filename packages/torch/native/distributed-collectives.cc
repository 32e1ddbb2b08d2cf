// Collectives: each blocks until all ranks have taken part, but for those whose names say otherwise.
//
// Gloo knows a few dtypes and dense memory only. What merely moves goes as bytes; what is reduced is widened where
// Gloo has no kernel; other strides than row-major go through a copy, because ranks need not agree on strides.
#include "distributed.h"

#include <ATen/core/grad_mode.h>

#include <memory>

namespace semblance {

namespace {

at::ScalarType reduced_as(at::ScalarType type) {
  switch (type) {
    case at::kBFloat16: return at::kFloat;
    case at::kShort: return at::kInt;
    case at::kBool: return at::kByte;
    default: return type;
  }
}

at::Tensor as_bytes(const at::Tensor& contiguous) { return contiguous.view(-1).view(at::kByte); }

// wait() throws what went wrong on the group's own thread.
void finish(c10::intrusive_ptr<c10d::Work> work) { work->wait(); }

}  // namespace

Reduce to_reduce(const std::string& name) {
  if (name == "sum") return Reduce::Sum;
  if (name == "avg") return Reduce::Avg;
  if (name == "max") return Reduce::Max;
  if (name == "min") return Reduce::Min;
  fail("TORCH_BAD_ARGUMENT", "Expected sum, avg, max or min for op but received \"" + name + "\"");
}

Reduction begin_all_reduce(const Group& group, const at::Tensor& tensor, Reduce reduce) {
  at::NoGradGuard no_grad;
  if (reduce == Reduce::Avg && !tensor.is_floating_point())
    fail("TORCH_BAD_ARGUMENT", "Expected a tensor of floats for avg but received " + describe(tensor));
  Reduction begun;
  if (tensor.numel() == 0) return begun;
  begun.target = tensor.detach();
  begun.wire = begun.target.to(reduced_as(begun.target.scalar_type())).contiguous();
  begun.divisor = reduce == Reduce::Avg ? group->getSize() : 1;
  std::vector<at::Tensor> tensors{begun.wire};
  c10d::AllreduceOptions options;
  options.reduceOp = reduce == Reduce::Max ? c10d::ReduceOp::MAX : reduce == Reduce::Min ? c10d::ReduceOp::MIN : c10d::ReduceOp::SUM;
  begun.work = group->allreduce(tensors, options);
  return begun;
}

void end_all_reduce(const Reduction& begun) {
  at::NoGradGuard no_grad;
  if (!begun.work) return;
  finish(begun.work);
  if (begun.divisor != 1) begun.wire.div_(begun.divisor);
  if (begun.wire.data_ptr() != begun.target.data_ptr()) begun.target.copy_(begun.wire);
}

void all_reduce(const Group& group, const at::Tensor& tensor, Reduce reduce) {
  end_all_reduce(begin_all_reduce(group, tensor, reduce));
}

void broadcast(const Group& group, const at::Tensor& tensor, int64_t source) {
  at::NoGradGuard no_grad;
  if (source < 0 || source >= group->getSize())
    fail("TORCH_BAD_ARGUMENT", "Expected a rank below " + std::to_string(group->getSize()) + " for source but received " + std::to_string(source));
  if (tensor.numel() == 0) return;
  at::Tensor target = tensor.detach();
  at::Tensor wire = target.contiguous();
  std::vector<at::Tensor> tensors{as_bytes(wire)};
  c10d::BroadcastOptions options;
  options.rootRank = source;
  finish(group->broadcast(tensors, options));
  if (wire.data_ptr() != target.data_ptr()) target.copy_(wire);
}

at::Tensor all_gather(const Group& group, const at::Tensor& tensor) {
  at::NoGradGuard no_grad;
  at::Tensor input = tensor.detach().contiguous();
  std::vector<int64_t> shape = input.sizes().vec();
  shape.insert(shape.begin(), group->getSize());
  at::Tensor out = at::empty(shape, input.options());
  if (input.numel() == 0) return out;
  std::vector<at::Tensor> inputs{as_bytes(input)};
  std::vector<std::vector<at::Tensor>> outputs{as_bytes(out).view({group->getSize(), -1}).unbind(0)};
  finish(group->allgather(outputs, inputs));
  return out;
}

at::Tensor reduce_scatter(const Group& group, const at::Tensor& tensor, const std::vector<int64_t>& counts, Reduce reduce) {
  at::NoGradGuard no_grad;
  int64_t total = 0;
  for (int64_t count : counts) total += count;
  if (static_cast<int64_t>(counts.size()) != group->getSize() || tensor.dim() == 0 || tensor.size(0) != total)
    fail("TORCH_SHAPE_MISMATCH", "Expected rows for " + std::to_string(group->getSize()) + " ranks, " + std::to_string(total) + " in all, but received " + describe(tensor));
  at::Tensor input = tensor.detach().contiguous();
  const int64_t mine = counts[group->getRank()];
  std::vector<int64_t> shape = input.sizes().vec();
  shape[0] = mine;
  shape.insert(shape.begin(), group->getSize());
  at::Tensor parts = at::empty(shape, input.options());
  if (input.numel() > 0) {
    // Gloo has no reduce-scatter: each rank sends the others their rows and adds up its own.
    std::vector<int64_t> send(counts), receive(group->getSize(), mine);
    at::Tensor from = as_bytes(input).view({total, -1});
    at::Tensor into = mine == 0 ? at::empty({0, from.size(1)}, from.options()) : as_bytes(parts).view({mine * group->getSize(), -1});
    finish(group->alltoall_base(into, from, receive, send));
  }
  switch (reduce) {
    case Reduce::Sum: return parts.sum(0, false, parts.scalar_type());
    case Reduce::Avg: return parts.mean(0);
    case Reduce::Max: return parts.amax(0);
    default: return parts.amin(0);
  }
}

namespace {

// allReduce(group, tensor, op): in place.
napi_value js_all_reduce(Call& call) {
  all_reduce(to_group(call.env, call.argv[0]), tensor_at(call, 1), to_reduce(to_string(call.env, call.argv[2], "op")));
  return undefined(call.env);
}

// A reduction that JavaScript waits for: another thread waits for the ranks, and the result is put in its place in
// JavaScript's own, where no operator is at work.
struct Pending {
  napi_async_work work = nullptr;
  napi_deferred deferred = nullptr;
  Reduction reduction;
  std::unique_ptr<Failure> failure;
};

template <typename Fn>
void keep_failure(Pending& pending, Fn fn) {
  try {
    fn();
  } catch (const c10::Error& e) {
    pending.failure = std::make_unique<Failure>("TORCH_FAILED", sentence_of(e));
  } catch (const std::exception& e) {
    pending.failure = std::make_unique<Failure>("TORCH_FAILED", e.what());
  }
}

void wait_for_ranks(napi_env, void* data) {
  auto& pending = *static_cast<Pending*>(data);
  if (pending.reduction.work) keep_failure(pending, [&] { pending.reduction.work->wait(); });
}

void settle(napi_env env, napi_status status, void* data) {
  std::unique_ptr<Pending> pending(static_cast<Pending*>(data));
  napi_delete_async_work(env, pending->work);
  if (status != napi_ok) pending->failure = std::make_unique<Failure>("TORCH_FAILED", "the thread ends before its work is done");
  if (!pending->failure) keep_failure(*pending, [&] { end_all_reduce(pending->reduction); });
  if (pending->failure)
    napi_reject_deferred(env, pending->deferred, error_of(env, pending->failure->code, pending->failure->what()));
  else
    napi_resolve_deferred(env, pending->deferred, undefined(env));
}

// allReduceAsync(group, tensor, op): has begun when it returns; a promise of nothing, the tensor is reduced then.
napi_value js_all_reduce_async(Call& call) {
  auto pending = std::make_unique<Pending>();
  pending->reduction =
      begin_all_reduce(to_group(call.env, call.argv[0]), tensor_at(call, 1), to_reduce(to_string(call.env, call.argv[2], "op")));
  napi_value promise;
  napi_create_promise(call.env, &pending->deferred, &promise);
  napi_create_async_work(call.env, nullptr, from_string(call.env, "all-reduce"), wait_for_ranks, settle, pending.get(), &pending->work);
  napi_queue_async_work(call.env, pending.release()->work);
  return promise;
}

// broadcast(group, tensor, source): in place.
napi_value js_broadcast(Call& call) {
  broadcast(to_group(call.env, call.argv[0]), tensor_at(call, 1), to_int(call.env, call.argv[2], "source"));
  return undefined(call.env);
}

napi_value js_all_gather(Call& call) { return put(call, all_gather(to_group(call.env, call.argv[0]), tensor_at(call, 1))); }

// reduceScatter(group, tensor, counts, op)
napi_value js_reduce_scatter(Call& call) {
  return put(call, reduce_scatter(to_group(call.env, call.argv[0]), tensor_at(call, 1), to_ints(call.env, call.argv[2], "counts"),
                                  to_reduce(to_string(call.env, call.argv[3], "op"))));
}

// barrier(group)
napi_value js_barrier(Call& call) {
  finish(to_group(call.env, call.argv[0])->barrier());
  return undefined(call.env);
}

// monitoredBarrier(group, timeoutMs): rank 0's error names the ranks that did not come.
napi_value js_monitored_barrier(Call& call) {
  c10d::BarrierOptions options;
  options.timeout = std::chrono::milliseconds(to_int(call.env, call.argv[1], "timeoutMs"));
  to_group(call.env, call.argv[0])->monitoredBarrier(options, true);
  return undefined(call.env);
}

}  // namespace

void init_collectives(napi_env env, napi_value exports) {
  define(env, exports, "allReduce", guarded<js_all_reduce>);
  define(env, exports, "allReduceAsync", guarded<js_all_reduce_async>);
  define(env, exports, "broadcast", guarded<js_broadcast>);
  define(env, exports, "allGather", guarded<js_all_gather>);
  define(env, exports, "reduceScatter", guarded<js_reduce_scatter>);
  define(env, exports, "barrier", guarded<js_barrier>);
  define(env, exports, "monitoredBarrier", guarded<js_monitored_barrier>);
}

}  // namespace semblance
