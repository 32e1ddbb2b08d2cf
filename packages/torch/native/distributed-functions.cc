// Operators with gradients that reach over ranks.
#include "distributed.h"

#include <torch/csrc/autograd/custom_function.h>

namespace semblance {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

void save_group(AutogradContext* ctx, const Group& group) { ctx->saved_data["group"] = c10::IValue::make_capsule(group); }

Group saved_group(AutogradContext* ctx) {
  return c10::static_intrusive_pointer_cast<c10d::ProcessGroup>(ctx->saved_data["group"].toCapsule());
}

// y = [x of rank 0; x of rank 1; …] along dim 0. The gradient of x is the sum of what all ranks have for its rows,
// times `scale`.
struct GatherRows : torch::autograd::Function<GatherRows> {
  static at::Tensor forward(AutogradContext* ctx, const at::Tensor& x, double scale, const Group& group) {
    save_group(ctx, group);
    ctx->saved_data["scale"] = scale;
    return all_gather(group, x).flatten(0, 1);
  }

  static variable_list backward(AutogradContext* ctx, variable_list gradients) {
    Group group = saved_group(ctx);
    std::vector<int64_t> counts(group->getSize(), gradients[0].size(0) / group->getSize());
    at::Tensor sum = reduce_scatter(group, gradients[0], counts, Reduce::Sum);
    const double scale = ctx->saved_data["scale"].toDouble();
    return {scale == 1 ? sum : sum.mul_(scale), at::Tensor(), at::Tensor()};
  }
};

// Mean softmax cross entropy over classes that are split over the ranks: L = mean_n(log Σ_k e^{x_nk} − x_ny).
// x: this rank's columns [N, K_local]; labels [N]: the column, or −1 where the class is another rank's. Every rank
// has the same rows and gets the same loss; d L / d x = (softmax(x) − [k = y]) / N.
struct ShardedCrossEntropy : torch::autograd::Function<ShardedCrossEntropy> {
  static at::Tensor forward(AutogradContext* ctx, const at::Tensor& logits, const at::Tensor& labels, const Group& group) {
    const int64_t rows = logits.size(0);
    at::Tensor x = logits.to(at::kFloat);
    at::Tensor top = x.size(1) > 0 ? x.amax(1) : at::full({rows}, -std::numeric_limits<float>::infinity(), x.options());
    all_reduce(group, top, Reduce::Max);
    at::Tensor shifted = x - top.unsqueeze(1);
    at::Tensor sums = at::zeros({2, rows}, x.options());
    at::Tensor here = labels.ge(0);
    if (x.size(1) > 0) sums[1].copy_(shifted.gather(1, labels.clamp_min(0).unsqueeze(1)).squeeze(1).mul_(here));
    at::Tensor p = shifted.exp_();
    sums[0].copy_(p.sum(1));
    all_reduce(group, sums, Reduce::Sum);
    p.div_(sums[0].unsqueeze(1));
    ctx->save_for_backward({p, labels});
    return (sums[0].log() - sums[1]).mean();
  }

  static variable_list backward(AutogradContext* ctx, variable_list gradients) {
    auto saved = ctx->get_saved_variables();
    const at::Tensor &p = saved[0], &labels = saved[1];
    at::Tensor scale = gradients[0] / p.size(0);
    at::Tensor dx = p * scale;
    if (p.size(1) > 0)
      dx.scatter_add_(1, labels.clamp_min(0).unsqueeze(1), (labels.ge(0).to(at::kFloat) * -scale).unsqueeze(1));
    return {dx, at::Tensor(), at::Tensor()};
  }
};

// Batch norm by the statistics of all ranks' batches (Zhang et al. 2018, §3.3 of "Context Encoding"; Peng et al. 2018).
// Ranks' means and variances are combined pairwise-exactly: M2 = Σ M2_r + Σ n_r (mean_r − mean)².
struct SyncBatchNorm : torch::autograd::Function<SyncBatchNorm> {
  static at::Tensor forward(AutogradContext* ctx, const at::Tensor& x, const c10::optional<at::Tensor>& weight,
                            const c10::optional<at::Tensor>& bias, const at::Tensor& running_mean, const at::Tensor& running_var,
                            double momentum, double eps, const Group& group) {
    const int64_t channels = x.size(1);
    const double count = static_cast<double>(x.numel() / channels);
    std::vector<int64_t> dims{0};
    for (int64_t d = 2; d < x.dim(); d++) dims.push_back(d);
    auto [local_var, local_mean] = at::var_mean(x, dims, false, false);
    at::Tensor local = at::cat({local_mean.to(at::kDouble), local_var.to(at::kDouble), at::full({1}, count, at::kDouble)});
    at::Tensor all = all_gather(group, local);  // [ranks, 2·C + 1]
    at::Tensor means = all.narrow(1, 0, channels), vars = all.narrow(1, channels, channels), counts = all.narrow(1, 2 * channels, 1);
    const double total = counts.sum().item<double>();
    at::Tensor mean = (means * counts).sum(0) / total;
    at::Tensor var = ((vars + (means - mean).square()) * counts).sum(0) / total;
    auto type = running_mean.scalar_type();
    running_mean.mul_(1 - momentum).add_(mean.to(type), momentum);
    running_var.mul_(1 - momentum).add_((var * (total / std::max(total - 1, 1.0))).to(type), momentum);
    mean = mean.to(type);
    var = var.to(type);
    ctx->save_for_backward({x, weight.value_or(at::Tensor()), mean, var});
    ctx->saved_data["eps"] = eps;
    ctx->saved_data["total"] = total;
    save_group(ctx, group);
    return std::get<0>(at::native_batch_norm(x, weight, bias, mean, var, false, momentum, eps));
  }

  static variable_list backward(AutogradContext* ctx, variable_list gradients) {
    auto saved = ctx->get_saved_variables();
    const at::Tensor &x = saved[0], &weight = saved[1], &mean = saved[2], &var = saved[3];
    const double eps = ctx->saved_data["eps"].toDouble(), total = ctx->saved_data["total"].toDouble();
    // In eval mode the kernel gives γ·dy / σ, Σ dy·x̂ and Σ dy: all but the terms that mean and variance add.
    auto [dx, dweight, dbias] = at::native_batch_norm_backward(gradients[0], x, weight, mean, var, {}, {}, false, eps, {true, true, true});
    at::Tensor sums = at::stack({dweight, dbias});
    all_reduce(saved_group(ctx), sums, Reduce::Sum);
    at::Tensor inverse = (var + eps).rsqrt();
    at::Tensor gain = weight.defined() ? inverse * weight : inverse;
    at::Tensor slope = gain * inverse * sums[0] / total;
    at::Tensor offset = gain * sums[1] / total - slope * mean;
    std::vector<int64_t> by_channel(x.dim(), 1);
    by_channel[1] = x.size(1);
    dx.sub_(at::addcmul(offset.view(by_channel), x, slope.view(by_channel)));
    bool affine = weight.defined();
    return {dx, affine ? dweight : at::Tensor(), affine ? dbias : at::Tensor(), {}, {}, {}, {}, {}};
  }
};

c10::optional<at::Tensor> optional_at(Call& call, size_t index) {
  if (is_nullish(call.env, call.argv[index])) return c10::nullopt;
  return tensor_at(call, index);
}

// gatherRows(group, x, gradientScale)
napi_value gather_rows(Call& call) {
  const at::Tensor& x = tensor_at(call, 1);
  if (x.dim() == 0) fail("TORCH_SHAPE_MISMATCH", "Expected rows but received " + describe(x));
  return put(call, GatherRows::apply(x, to_double(call.env, call.argv[2], "gradientScale"), to_group(call.env, call.argv[0])));
}

// shardedCrossEntropy(group, logits, labels)
napi_value sharded_cross_entropy(Call& call) {
  const at::Tensor &logits = tensor_at(call, 1), &labels = tensor_at(call, 2);
  if (logits.dim() != 2 || labels.dim() != 1 || labels.size(0) != logits.size(0) || labels.scalar_type() != at::kLong)
    fail("TORCH_SHAPE_MISMATCH", "Expected logits [N, K] and int64 labels [N] but received " + describe(logits) + " and " + describe(labels));
  return put(call, ShardedCrossEntropy::apply(logits, labels, to_group(call.env, call.argv[0])));
}

// syncBatchNorm(group, x, weight?, bias?, runningMean, runningVar, momentum, eps): the running statistics move in place.
napi_value sync_batch_norm(Call& call) {
  const at::Tensor& x = tensor_at(call, 1);
  if (x.dim() < 2) fail("TORCH_SHAPE_MISMATCH", "Expected at least [N, C] but received " + describe(x));
  return put(call, SyncBatchNorm::apply(x, optional_at(call, 2), optional_at(call, 3), tensor_at(call, 4), tensor_at(call, 5),
                                        to_double(call.env, call.argv[6], "momentum"), to_double(call.env, call.argv[7], "eps"),
                                        to_group(call.env, call.argv[0])));
}

}  // namespace

void init_dist_functions(napi_env env, napi_value exports) {
  define(env, exports, "gatherRows", guarded<gather_rows>);
  define(env, exports, "shardedCrossEntropy", guarded<sharded_cross_entropy>);
  define(env, exports, "syncBatchNorm", guarded<sync_batch_norm>);
}

}  // namespace semblance
