"""PyTorch's side of `compare`: a child process that does what its parent asks for, one line and one JSON reply at a time.

    prepare CASE STEPS           -> what shows that the work is the same as the parent's: parameters, losses, a sample of the result
    measure CASE SECONDS CALLS   -> {"ms": median time of a call}
    forget                       -> {}            drops what was prepared

It ends when its input ends. Before torch is imported it gives itself the strongest environment it can:
* OPENBLAS_CORETYPE and OPENBLAS_L2_SIZE are dropped: where they are set, often for another machine, they halve every product.
* torch 1.13 stops at AVX2 unless ATEN_CPU_CAPABILITY asks for AVX-512.
* glibc would give a step's memory back to the system and fetch it again in the next step.
* Where Debian's OpenBLAS on OpenMP is installed it comes first: the other build keeps a pool of threads of its own beside torch's,
  and the two fight for the cores.
"""
import gc
import glob
import json
import os
import sys
import time

THREADS, DEVICE = sys.argv[1:3]
if not os.environ.get("GPUKERAS_TORCH_PEER"):
    os.environ["GPUKERAS_TORCH_PEER"] = "1"
    for name in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"):
        os.environ.pop(name, None)
    os.environ.update(
        OMP_NUM_THREADS=THREADS, OPENBLAS_NUM_THREADS=THREADS,
        MALLOC_MMAP_THRESHOLD_=str(1 << 30), MALLOC_TRIM_THRESHOLD_=str(4 << 30), MALLOC_TOP_PAD_=str(64 << 20))
    try:
        with open("/proc/cpuinfo") as info:
            flags = set(next((line for line in info if line.startswith("flags")), "").split())
        if {"avx512f", "avx512bw", "avx512dq", "avx512vl"} <= flags:
            os.environ["ATEN_CPU_CAPABILITY"] = "avx512"
    except OSError:
        pass
    openmp = [os.path.dirname(path) for path in glob.glob("/usr/lib/*-linux-gnu/openblas-openmp/libopenblas.so.0")]
    os.environ["LD_LIBRARY_PATH"] = ":".join(filter(None, openmp + [os.environ.get("LD_LIBRARY_PATH")]))
    os.execv(sys.executable, [sys.executable] + sys.argv)

import torch
import torch.nn as nn
import torch.nn.functional as F

torch.set_num_threads(int(THREADS))
torch.manual_seed(0)
gc.disable()
if DEVICE != "cpu":
    torch.set_default_device(DEVICE)
    # The same arithmetic as ours: float32 products in float32, unless a case asks for less.
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = False


# ---- the models


def mlp():
    return nn.Sequential(
        nn.Linear(784, 512), nn.ReLU(), nn.Dropout(0.2), nn.Linear(512, 512), nn.ReLU(), nn.Dropout(0.2), nn.Linear(512, 10))


def cnn():
    return nn.Sequential(
        nn.Conv2d(1, 32, 3), nn.BatchNorm2d(32), nn.ReLU(), nn.Conv2d(32, 64, 3), nn.BatchNorm2d(64), nn.ReLU(),
        nn.MaxPool2d(2), nn.Flatten(), nn.Linear(12 * 12 * 64, 128), nn.ReLU(), nn.Dropout(0.5), nn.Linear(128, 10))


class Residual(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.norm1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.norm2 = nn.BatchNorm2d(outputs)
        same = inputs == outputs and stride == 1
        self.shortcut = nn.Sequential() if same else nn.Sequential(
            nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x):
        y = F.relu(self.norm1(self.conv1(x)))
        return F.relu(self.norm2(self.conv2(y)) + self.shortcut(x))


def resnet20():
    layers, inputs = [nn.Conv2d(3, 16, 3, 1, 1, bias=False), nn.BatchNorm2d(16), nn.ReLU()], 16
    for outputs, stride in ((16, 1), (32, 2), (64, 2)):
        for block in range(3):
            layers.append(Residual(inputs, outputs, stride if block == 0 else 1))
            inputs = outputs
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, 10))


class Lstm(nn.Module):
    def __init__(self):
        super().__init__()
        self.lstm, self.dense = nn.LSTM(32, 128, batch_first=True), nn.Linear(128, 10)

    def forward(self, x):
        return self.dense(self.lstm(x)[0][:, -1])


class Transformer(nn.Module):
    def __init__(self):
        super().__init__()
        layer = nn.TransformerEncoderLayer(128, 4, 512, dropout=0.1, activation="gelu", batch_first=True)
        self.encoder, self.dense = nn.TransformerEncoder(layer, 2), nn.Linear(128, 10)

    def forward(self, x):
        return self.dense(self.encoder(x).mean(1))


def adam(parameters):
    return torch.optim.Adam(parameters, lr=1e-3)


def momentum(parameters):
    return torch.optim.SGD(parameters, lr=0.1, momentum=0.9)


MODELS = {
    "mlp": (mlp, (128, 784), adam),
    "cnn": (cnn, (64, 1, 28, 28), adam),
    "resnet20": (resnet20, (32, 3, 32, 32), momentum),
    "lstm": (Lstm, (64, 50, 32), adam),
    "transformer": (Transformer, (32, 64, 128), adam),
}


def model_and_batch(name):
    """A model, a batch for it, and its optimizer; NAME_nhwc with the channels last in memory."""
    make, shape, optimizer = MODELS[name.removesuffix("_nhwc")]
    model, x = make(), torch.randn(*shape)
    if name.endswith("_nhwc"):
        model, x = model.to(memory_format=torch.channels_last), x.to(memory_format=torch.channels_last)
    return model, x, optimizer(model.parameters())


def parameters(model):
    # torch's LSTM has a second bias, added to the first one; Keras' has not.
    return sum(p.numel() for name, p in model.named_parameters() if "bias_hh" not in name)


def train(name, steps):
    model, x, optimizer = model_and_batch(name)
    y = torch.randint(0, 10, (x.shape[0],))
    model.train()

    def step():
        optimizer.zero_grad(set_to_none=True)
        loss = F.cross_entropy(model(x), y)
        loss.backward()
        optimizer.step()
        return loss

    losses = [step().item() for _ in range(steps)]
    last = losses[-(steps // 4):]
    return step, 1, dict(parameters=parameters(model), first_loss=losses[0], last_loss=sum(last) / len(last))


def infer(name, steps):
    model, x, _ = model_and_batch(name)
    model.eval()

    def call():
        with torch.inference_mode():
            return model(x)

    call()
    return call, 1, dict(parameters=parameters(model))


# ---- single operations; results go to memory that is there already where torch offers it


def values(*shape):
    n = torch.Size(shape).numel()
    return (torch.arange(n) * 37 % 101 * 0.01 - 0.4).float().reshape(shape)


def positive(*shape):
    n = torch.Size(shape).numel()
    return (torch.arange(n) * 53 % 97 * 0.01 + 0.1).float().reshape(shape)


def sample(tensor):
    result = tensor.flatten()
    count = min(256, result.numel())
    return [result[i * (result.numel() - 1) // max(1, count - 1)].item() for i in range(count)]


def batch_norm(size, channels_first):
    """Batch norm with 64 channels and a function that computes its gradient too."""
    def arrange(tensor):
        tensor = tensor.view(64, -1, 64)
        return tensor.transpose(1, 2).contiguous() if channels_first else tensor.view(-1, 64)

    def restore(tensor):
        return tensor.transpose(1, 2) if channels_first else tensor

    def forward():
        return F.batch_norm(x, None, None, weight, bias, True, 0, 1e-3)

    def step():
        with torch.enable_grad():
            return torch.autograd.grad(forward(), operands, gradient)[0]

    x, gradient, weight, bias = arrange(values(size)), arrange(positive(size)), torch.ones(64), torch.zeros(64)
    operands = [x.requires_grad_(), weight.requires_grad_(), bias.requires_grad_()]
    return torch.no_grad()(forward), step, restore


def averages(tensor):
    """Of a result that no two sides compute alike: its mean and that of its squares."""
    wide = tensor.double()
    return [wide.mean().item(), wide.square().mean().item()]


def operation(name, steps):
    """NAME@ELEMENTS; batch norm with the channels first in memory ends in _nchw."""
    name, size = name.split("@")
    size, channels_first = int(size.removesuffix("_nchw")), size.endswith("_nchw")
    if name.startswith("batchnorm64"):
        forward, step, restore = batch_norm(size, channels_first)
        call = step if name.endswith("_step") else forward
        return call, 1, dict(sample=sample(restore(call())))
    x, y, out, matrix = values(size), positive(size), torch.empty(size), values(size).view(-1, 1024 if size >= 1024 else size)
    weight, bias = torch.ones(1024), torch.zeros(1024)
    operations = {
        "copy": lambda: out.copy_(x),
        "add": lambda: torch.add(x, y, out=out),
        "mul": lambda: torch.mul(x, y, out=out),
        "fma": lambda: torch.addcmul(x, y, y, out=out),
        "relu": lambda: torch.clamp_min(x, 0, out=out),
        "exp": lambda: torch.exp(x, out=out),
        "tanh": lambda: torch.tanh(x, out=out),
        "sigmoid": lambda: torch.sigmoid(x, out=out),
        "log": lambda: torch.log(y, out=out),
        "gelu": lambda: F.gelu(x),
        "softmax1024": lambda: torch.softmax(matrix, 1),
        "layernorm1024": lambda: F.layer_norm(matrix, (1024,), weight, bias),
        "transpose1024": lambda: matrix.t().contiguous(),
        "sum": lambda: x.sum(),
        "sum_axis0": lambda: matrix.sum(0),
        "moments64": lambda: torch.stack(torch.var_mean(x.view(-1, 64), 0, unbiased=False)[::-1]),
        "dropout": lambda: F.dropout(y, 0.2),
        "add8": lambda: x + y,
    }
    call = operations[name]
    evidence = dict(sample=(averages if name == "dropout" else sample)(call()))
    if name == "add8":
        return lambda: [call() for _ in range(1000)], 1000, evidence
    return call, 1, evidence


def product(name, steps):
    """BATCHxROWSxCOLUMNSxINNER, followed by T or N for each operand and the precision: fp32, tf32 or bf16."""
    sizes, transposes, precision = name.split("_")
    torch.backends.cuda.matmul.allow_tf32 = precision == "tf32"
    dtype = torch.bfloat16 if precision == "bf16" else torch.float32
    batch, m, n, k = map(int, sizes.split("x"))
    stored = [(k, m) if transposes[0] == "T" else (m, k), (n, k) if transposes[1] == "T" else (k, n)]
    a, b = (make(batch, *shape).to(dtype) for make, shape in zip((values, positive), stored))
    a, b = (x.transpose(1, 2) if t == "T" else x for x, t in zip((a, b), transposes))
    out = torch.empty(batch, m, n, dtype=dtype)
    return lambda: torch.bmm(a, b, out=out), 1, dict(sample=sample(torch.bmm(a, b, out=out)))


# ---- the protocol

KINDS = {"train": train, "infer": infer, "op": operation, "gemm": product}
prepared = {}


def synchronize():
    if DEVICE != "cpu":
        torch.cuda.synchronize()


def sample_ms(call, count):
    synchronize()
    started = time.perf_counter()
    for _ in range(count):
        call()
    synchronize()
    return (time.perf_counter() - started) * 1e3


def measure(case, seconds, minimum):
    call, operations = prepared[case]
    started, count = time.perf_counter(), 1
    # As long as the parent's: on a GPU, so that waiting for it does not show.
    while sample_ms(call, count) < (0.1 if DEVICE == "cpu" else 2):
        count *= 2
    samples = []
    while time.perf_counter() - started < seconds or len(samples) * count < minimum:
        samples.append(sample_ms(call, count) / count)
    samples.sort()
    return dict(ms=(samples[(len(samples) - 1) // 2] + samples[len(samples) // 2]) / 2 / operations)


def answer(words):
    if words[0] == "prepare":
        kind, name = words[1].split("/")
        call, operations, evidence = KINDS[kind](name, int(words[2]))
        prepared[words[1]] = call, operations
        return evidence
    if words[0] == "measure":
        return measure(words[1], float(words[2]), int(words[3]))
    prepared.clear()
    gc.collect()
    return {}


def reply(value):
    print(json.dumps(value), flush=True)


capability = [line.split(":")[-1].strip() for line in torch.__config__.show().splitlines() if "CPU capability" in line]
place = (
    f"{torch.get_num_threads()} threads, {' '.join(capability)}, "
    f"OpenBLAS on {'OpenMP' if 'openblas-openmp' in os.environ['LD_LIBRARY_PATH'] else 'its default threads'}"
    if DEVICE == "cpu" else f"{torch.cuda.get_device_name()}, float32 without TF32")
reply(dict(description=f"PyTorch {torch.__version__}, {place}"))
for line in sys.stdin:
    try:
        reply(answer(line.split()))
    except Exception as error:
        reply(dict(error=f"{type(error).__name__}: {error}"))
