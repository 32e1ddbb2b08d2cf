"""Python's side of bench/torch.ts: trains on one batch, as many steps as each line of stdin says.

usage: train.py NETWORK nchw|channels_last START.safetensors [DEVICE]
Prints {"ms": [...], "losses": [...]} for each line.
"""
import json
import struct
import sys
import time

import numpy as np
import torch
from networks import NETWORKS, ArcFace

DTYPES = {'F32': np.float32, 'I64': np.int64}


def read_safetensors(path):
    data = open(path, 'rb').read()
    (size,) = struct.unpack('<Q', data[:8])
    out = {}
    for name, info in json.loads(data[8 : 8 + size]).items():
        if name == '__metadata__':
            continue
        begin, end = (8 + size + offset for offset in info['data_offsets'])
        array = np.frombuffer(data[begin:end], DTYPES[info['dtype']]).reshape(info['shape'])
        out[name] = torch.from_numpy(array.copy())
    return out


def main(network, layout, start, device='cpu'):
    state = {name: tensor.to(device) for name, tensor in read_safetensors(start).items()}
    torch.backends.cudnn.benchmark = True
    torch.set_float32_matmul_precision('high')
    images, labels = state['images'], state['labels']
    model = NETWORKS[network]()
    model.load_state_dict({k[9:]: v for k, v in state.items() if k.startswith('backbone.')})
    head = ArcFace(len(state['head.weight']))
    head.load_state_dict({'weight': state['head.weight']})
    memory_format = torch.channels_last if layout == 'channels_last' else torch.contiguous_format
    model.to(memory_format=memory_format, device=device)
    head.to(device)
    parameters = [p for p in [*model.parameters(), *head.parameters()] if p.requires_grad]
    optimizer = torch.optim.SGD(parameters, lr=0.001, momentum=0.9, weight_decay=5e-4)

    print(json.dumps({'version': torch.__version__, 'threads': torch.get_num_threads()}), flush=True)
    for line in sys.stdin:
        ms, losses = [], []
        for _ in range(int(line)):
            begin = time.perf_counter()
            loss = head(model(images.contiguous(memory_format=memory_format)), labels)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 5)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            losses.append(loss.item())
            ms.append(1000 * (time.perf_counter() - begin))
        print(json.dumps({'ms': ms, 'losses': losses}), flush=True)


main(*sys.argv[1:])
