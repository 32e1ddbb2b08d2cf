// semblance::paired_conv3x3: a 3×3 convolution of stride 1 and padding 1 in which two channels see each other.
//
//   y[c] = Σ_k same[k, c]·x_k[c] + cross[k, c]·x_k[c ^ 1],   x_k: x moved by the k-th of nine steps
//
// That is conv2d with groups = channels / 2, as arcface_torch's MobileFaceNet has it. libtorch 1.13 computes it at
// 8 GFLOP/s a thread, a tenth of what it reaches elsewhere; with both weights laid out by channel it is two
// multiplications a vector, and so are its two gradients. Channels-last memory, channels a multiple of 16. Sums over
// positions are made by row, image and batch, in this order: the same result with any number of threads.
#include "kernels.h"
#include "no-second-gradient.h"
#include "state.h"

#include <ATen/Parallel.h>
#include <torch/csrc/autograd/custom_function.h>
#include <torch/library.h>

namespace semblance {
namespace {

constexpr int kTaps = 9;
typedef int32_t Lanes __attribute__((vector_size(64)));

struct Maps {
  int64_t images, height, width, channels;
  int64_t at(int64_t image, int64_t row, int64_t column) const { return ((image * height + row) * width + column) * channels; }
};

#define NEIGHBOURS(v) __builtin_shuffle(v, Lanes{1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12, 15, 14})

// Calls body(tap, offset of the input) for each tap of a position that lies inside the map.
#define FOR_TAPS(row, column, body)                                            \
  for (int ky = 0; ky < 3; ky++) {                                             \
    const int64_t r = row + ky - 1;                                            \
    if (r < 0 || r >= m.height) continue;                                      \
    for (int kx = 0; kx < 3; kx++) {                                           \
      const int64_t c = column + kx - 1;                                       \
      if (c < 0 || c >= m.width) continue;                                     \
      const int k = 3 * ky + kx;                                               \
      const Vector v = LOAD(x + m.at(image, r, c) + first);                    \
      body                                                                     \
    }                                                                          \
  }

// One row of y; weights [18, C]: nine of the own channel, nine of the neighbour.
KERNEL convolve_row(In x, In weights, const Maps& m, int64_t image, int64_t row, Out y) {
  for (int64_t first = 0; first < m.channels; first += kLanes) {
    Vector same[kTaps], cross[kTaps];
    for (int k = 0; k < kTaps; k++) same[k] = LOAD(weights + k * m.channels + first), cross[k] = LOAD(weights + (kTaps + k) * m.channels + first);
    for (int64_t column = 0; column < m.width; column++) {
      Vector sum = {};
      FOR_TAPS(row, column, sum += same[k] * v + cross[k] * NEIGHBOURS(v);)
      STORE(y + m.at(image, row, column) + first) = sum;
    }
  }
}

// The weights' gradient over one image, in the same layout, added to `out`.
KERNEL weigh_image(In x, In dy, const Maps& m, int64_t image, Out out) {
  for (int64_t row = 0; row < m.height; row++) {
    for (int64_t first = 0; first < m.channels; first += kLanes) {
      Vector same[kTaps] = {}, cross[kTaps] = {};
      for (int64_t column = 0; column < m.width; column++) {
        const Vector g = LOAD(dy + m.at(image, row, column) + first);
        FOR_TAPS(row, column, same[k] += g * v; cross[k] += g * NEIGHBOURS(v);)
      }
      for (int k = 0; k < kTaps; k++) {
        STORE(out + k * m.channels + first) += same[k];
        STORE(out + (kTaps + k) * m.channels + first) += cross[k];
      }
    }
  }
}

struct Kernels {
  decltype(&convolve_row) convolve;
  decltype(&weigh_image) weigh;
};

#define KERNELS_FOR(name, target)                                                                                    \
  const Kernels name = {[](In x, In weights, const Maps& m, int64_t image, int64_t row, Out y) target {              \
                          convolve_row(x, weights, m, image, row, y);                                                \
                        },                                                                                           \
                        [](In x, In dy, const Maps& m, int64_t image, Out out) target { weigh_image(x, dy, m, image, out); }};

KERNELS_OF_EACH_WIDTH

Maps maps_of(const at::Tensor& x) { return {x.size(0), x.size(2), x.size(3), x.size(1)}; }

// weight [C, 2, 3, 3] by channel [18, C]; for the gradient of x the taps turn round and the two channels change places.
std::vector<float> by_channel(const at::Tensor& weight, bool turned) {
  at::Tensor contiguous = weight.contiguous();
  const float* w = contiguous.data_ptr<float>();
  const int64_t channels = weight.size(0);
  std::vector<float> out(2 * kTaps * channels);
  for (int64_t c = 0; c < channels; c++)
    for (int k = 0; k < kTaps; k++) {
      const int64_t own = c & 1;
      out[(turned ? kTaps - 1 - k : k) * channels + c] = w[(c * 2 + own) * kTaps + k];
      out[(kTaps + (turned ? kTaps - 1 - k : k)) * channels + c] = turned ? w[((c ^ 1) * 2 + own) * kTaps + k] : w[(c * 2 + 1 - own) * kTaps + k];
    }
  return out;
}

at::Tensor convolve(const at::Tensor& input, const at::Tensor& weight, bool turned) {
  at::Tensor x = input.contiguous(at::MemoryFormat::ChannelsLast);
  at::Tensor y = at::empty_like(x);
  const Maps m = maps_of(x);
  const auto weights = by_channel(weight, turned);
  const float* from = x.data_ptr<float>();
  float* to = y.data_ptr<float>();
  at::parallel_for(0, m.images * m.height, 1, [&](int64_t first, int64_t last) {
    for (int64_t i = first; i < last; i++) kernels().convolve(from, weights.data(), m, i / m.height, i % m.height, to);
  });
  return y;
}

at::Tensor weight_gradient(const at::Tensor& input, const at::Tensor& gradient, const at::Tensor& weight) {
  at::Tensor x = input.contiguous(at::MemoryFormat::ChannelsLast), dy = gradient.contiguous(at::MemoryFormat::ChannelsLast);
  const Maps m = maps_of(x);
  const int64_t size = 2 * kTaps * m.channels;
  std::vector<float> images(m.images * size, 0.f);
  const float *px = x.data_ptr<float>(), *pg = dy.data_ptr<float>();
  at::parallel_for(0, m.images, 1, [&](int64_t first, int64_t last) {
    for (int64_t image = first; image < last; image++) kernels().weigh(px, pg, m, image, images.data() + image * size);
  });
  at::Tensor out = at::empty(weight.sizes(), weight.options());
  float* w = out.data_ptr<float>();
  for (int64_t c = 0; c < m.channels; c++)
    for (int k = 0; k < kTaps; k++) {
      double same = 0, cross = 0;
      for (int64_t image = 0; image < m.images; image++) {
        same += images[image * size + k * m.channels + c];
        cross += images[image * size + (kTaps + k) * m.channels + c];
      }
      w[(c * 2 + (c & 1)) * kTaps + k] = static_cast<float>(same);
      w[(c * 2 + 1 - (c & 1)) * kTaps + k] = static_cast<float>(cross);
    }
  return out;
}

at::Tensor forward(const at::Tensor& x, const at::Tensor& weight) {
  TORCH_CHECK(x.scalar_type() == at::kFloat && weight.scalar_type() == at::kFloat && x.dim() == 4 && x.size(1) % kLanes == 0,
              "Expected a float32 tensor [N, C, H, W] for x, C a multiple of ", kLanes);
  TORCH_CHECK(weight.sizes() == at::IntArrayRef({x.size(1), 2, 3, 3}), "Expected [", x.size(1), ", 2, 3, 3] for weight");
  return convolve(x, weight, false);
}

struct PairedConv : torch::autograd::Function<PairedConv> {
  static at::Tensor forward(torch::autograd::AutogradContext* ctx, const at::Tensor& x, const at::Tensor& weight) {
    at::AutoDispatchBelowADInplaceOrView below;
    ctx->save_for_backward({x, weight});
    return semblance::forward(x, weight);
  }

  static torch::autograd::tensor_list backward(torch::autograd::AutogradContext* ctx, torch::autograd::tensor_list grads) {
    no_second_gradient("paired_conv3x3");
    auto saved = ctx->get_saved_variables();
    return {convolve(grads[0], saved[1], true), weight_gradient(saved[0], grads[0], saved[1])};
  }
};

}  // namespace
}  // namespace semblance

TORCH_LIBRARY_FRAGMENT(semblance, m) { m.def("paired_conv3x3(Tensor x, Tensor weight) -> Tensor"); }
TORCH_LIBRARY_IMPL(semblance, CPU, m) { m.impl("paired_conv3x3", semblance::forward); }
TORCH_LIBRARY_IMPL(semblance, AutogradCPU, m) { m.impl("paired_conv3x3", [](const at::Tensor& x, const at::Tensor& weight) { return semblance::PairedConv::apply(x, weight); }); }
