"""The networks that bench/torch.ts trains, as one writes them in PyTorch, and the ArcFace head.

State dict keys are those of arcface_torch, so weights come over as they are.
"""
import math

import torch
from torch import nn
from torch.nn import functional as F


class IBasicBlock(nn.Module):
    def __init__(self, inplanes, planes, stride):
        super().__init__()
        self.bn1 = nn.BatchNorm2d(inplanes)
        self.conv1 = nn.Conv2d(inplanes, planes, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(planes)
        self.prelu = nn.PReLU(planes)
        self.conv2 = nn.Conv2d(planes, planes, 3, stride=stride, padding=1, bias=False)
        self.bn3 = nn.BatchNorm2d(planes)
        self.downsample = None
        if stride != 1:
            self.downsample = nn.Sequential(
                nn.Conv2d(inplanes, planes, 1, stride=stride, bias=False), nn.BatchNorm2d(planes)
            )

    def forward(self, x):
        out = self.conv1(self.bn1(x))
        out = self.prelu(self.bn2(out))
        out = self.bn3(self.conv2(out))
        out += x if self.downsample is None else self.downsample(x)
        return out


class IResNet50(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 64, 3, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(64)
        self.prelu = nn.PReLU(64)
        inplanes = 64
        for i, (planes, blocks) in enumerate(((64, 3), (128, 4), (256, 14), (512, 3))):
            stage = [IBasicBlock(inplanes, planes, 2)] + [IBasicBlock(planes, planes, 1) for _ in range(blocks - 1)]
            setattr(self, f'layer{i + 1}', nn.Sequential(*stage))
            inplanes = planes
        self.bn2 = nn.BatchNorm2d(512)
        self.fc = nn.Linear(512 * 7 * 7, 512)
        self.features = nn.BatchNorm1d(512)
        self.features.weight.requires_grad = False

    def forward(self, x):
        x = self.prelu(self.bn1(self.conv1(x)))
        x = self.layer4(self.layer3(self.layer2(self.layer1(x))))
        return self.features(self.fc(torch.flatten(self.bn2(x), 1)))


class Layers(nn.Module):
    def __init__(self, *modules):
        super().__init__()
        self.layers = nn.Sequential(*modules)

    def forward(self, x):
        return self.layers(x)


def conv_block(cin, cout, **conv):
    conv = {'kernel_size': 1, **conv}
    return Layers(nn.Conv2d(cin, cout, bias=False, **conv), nn.BatchNorm2d(cout), nn.PReLU(cout))


def linear_block(cin, cout, **conv):
    conv = {'kernel_size': 1, **conv}
    return Layers(nn.Conv2d(cin, cout, bias=False, **conv), nn.BatchNorm2d(cout))


class DepthWise(Layers):
    def __init__(self, cin, cout, hidden, stride, residual):
        super().__init__(
            conv_block(cin, hidden),
            conv_block(hidden, hidden, kernel_size=3, stride=stride, padding=1, groups=hidden),
            linear_block(hidden, cout),
        )
        self.residual = residual

    def forward(self, x):
        out = self.layers(x)
        return x + out if self.residual else out


def residual(channels, blocks, hidden):
    return Layers(*[DepthWise(channels, channels, hidden, 1, True) for _ in range(blocks)])


class MobileFaceNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList(
            [
                conv_block(3, 128, kernel_size=3, stride=2, padding=1),
                conv_block(128, 128, kernel_size=3, padding=1, groups=64),
                DepthWise(128, 128, 128, 2, False),
                residual(128, 4, 128),
                DepthWise(128, 256, 256, 2, False),
                residual(256, 6, 256),
                DepthWise(256, 256, 512, 2, False),
                residual(256, 2, 256),
            ]
        )
        self.conv_sep = conv_block(256, 512)
        self.features = Layers(
            linear_block(512, 512, kernel_size=7, groups=512),
            nn.Flatten(),
            nn.Linear(512, 512, bias=False),
            nn.BatchNorm1d(512),
        )

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return self.features(self.conv_sep(x))


class ArcFace(nn.Module):
    """Cross entropy of s·cos θ, the label's own as s·cos(θ + m)."""

    def __init__(self, num_classes, scale=64.0, margin=0.5):
        super().__init__()
        self.weight = nn.Parameter(torch.empty(num_classes, 512))
        self.scale, self.margin = scale, margin

    def forward(self, embeddings, labels):
        cosine = F.linear(F.normalize(embeddings), F.normalize(self.weight)).clamp(-1, 1)
        index = labels[:, None]
        target = cosine.gather(1, index)
        sine = torch.sqrt((1 - target * target).clamp_min(1e-7))
        moved = target * math.cos(self.margin) - sine * math.sin(self.margin)
        moved = torch.where(
            target > math.cos(math.pi - self.margin),
            moved,
            target - self.margin * math.sin(math.pi - self.margin),
        )
        return F.cross_entropy(cosine.scatter(1, index, moved) * self.scale, labels)


NETWORKS = {'r50': IResNet50, 'mbf': MobileFaceNet}
