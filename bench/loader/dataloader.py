"""Python's side of bench/loader.ts: batches of crops by torch's DataLoader.

usage: dataloader.py cv2|pil FOLDER WORKERS BATCH EPOCHS
Mirrors half of the crops, as ours does. Prints the images per second of each epoch as JSON.
"""
import json
import os
import random
import sys
import time

import numpy as np
import torch
from torch.utils.data import DataLoader, Dataset


def read_cv2(path):
    import cv2

    return cv2.cvtColor(cv2.imread(path), cv2.COLOR_BGR2RGB)


def read_pil(path):
    from PIL import Image

    return np.asarray(Image.open(path).convert('RGB'))


class Crops(Dataset):
    def __init__(self, root, read):
        people = sorted(os.listdir(root))
        self.items = [
            (os.path.join(root, person, name), label)
            for label, person in enumerate(people)
            for name in sorted(os.listdir(os.path.join(root, person)))
        ]
        self.read = read

    def __len__(self):
        return len(self.items)

    def __getitem__(self, index):
        path, label = self.items[index]
        pixels = self.read(path)
        if random.random() < 0.5:
            pixels = pixels[:, ::-1]
        return torch.from_numpy(np.ascontiguousarray(pixels)), label


def main(decoder, root, workers, batch, epochs):
    torch.set_num_threads(1)
    data = Crops(root, {'cv2': read_cv2, 'pil': read_pil}[decoder])
    loader = DataLoader(
        data, batch, shuffle=True, num_workers=workers, drop_last=True, persistent_workers=workers > 0, prefetch_factor=4
    )
    speeds = []
    for _ in range(epochs):
        begin, count = None, 0
        for pixels, _labels in loader:
            if begin is None:
                begin = time.perf_counter()
            else:
                count += len(pixels)
        speeds.append(count / (time.perf_counter() - begin))
    print(json.dumps(speeds))


main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), int(sys.argv[5]))
