// ONNX Runtime's side of `compare`: a child process that does what its parent asks for, one line and one JSON reply at a time.
//
//     prepare CASE STEPS           -> {"parameters": …}
//     measure CASE SECONDS CALLS   -> {"ms": median time of a call}
//     forget                       -> {}
//
// Arguments: the number of threads, and a folder whose node_modules holds onnxruntime-node. It ends when its input ends.
// The models are written as ONNX here, as the runtime wants them: channels first, Gemm for dense layers, nothing in front.
import { createRequire } from 'node:module';
import path from 'node:path';
import readline from 'node:readline';

const [threads, folder] = [Number(process.argv[2]), path.resolve(process.argv[3])];
const require = createRequire(path.join(folder, 'index.js'));
let runtime, version;
try {
  runtime = require('onnxruntime-node');
  version = require('onnxruntime-node/package.json').version;
} catch (error) {
  console.error(`onnxruntime-node: ${error.message.split('\n')[0]}`);
  process.exit(1);
}

// ---- protocol buffers: a field is a varint, or bytes with their length in front
const varint = value => {
  const bytes = [];
  for (value = BigInt(value); value > 127n; value >>= 7n) bytes.push(Number(value & 127n) | 128);
  return Buffer.from([...bytes, Number(value)]);
};
const join = (...parts) => Buffer.concat(parts.flat());
const number = (field, value) => join(varint(field << 3), varint(value));
const bytes = (field, value) => join(varint((field << 3) | 2), varint(value.length), value);
const text = (field, value) => bytes(field, Buffer.from(value));

// ---- the messages of onnx.proto that are needed
const FLOAT = 1, INTS = 7;
const tensor = (name, dims, data) =>
  join(dims.map(d => number(1, d)), number(2, FLOAT), text(8, name), bytes(9, Buffer.from(data.buffer)));
const value = (name, dims) =>
  join(text(1, name), bytes(2, bytes(1, join(number(1, FLOAT), bytes(2, join(dims.map(d => bytes(1, number(1, d)))))))));
const node = (operation, inputs, output, attributes = {}) => bytes(1, join(
  inputs.map(name => text(1, name)), text(2, output), text(4, operation),
  Object.entries(attributes).map(([name, list]) => bytes(5, join(text(1, name), list.map(x => number(8, x)), number(20, INTS))))));
const graph = (nodes, weights, input, output) => join(number(1, 8), bytes(8, number(2, 17)), bytes(7, join(
  nodes, text(2, 'graph'), weights.map(w => bytes(5, w.message)), bytes(11, value('x', input)), bytes(12, value('y', output)))));

// ---- weights; trainable says whether a parameter counts as one
let state = 1;
const random = (count, range = 0.05) => Float32Array.from({ length: count }, () => {
  state = (state * 1103515245 + 12345) % 2147483648;
  return (state / 2147483648 - 0.5) * range;
});
const weight = (name, dims, data = random(dims.reduce((a, b) => a * b)), trainable = true) =>
  ({ message: tensor(name, dims, data), parameters: trainable ? data.length : 0 });
const dense = (name, inputs, units) => [weight(name, [inputs, units]), weight(`${name}_bias`, [units])];
const convolution = (name, inputs, filters) => [weight(name, [filters, inputs, 3, 3]), weight(`${name}_bias`, [filters])];
const normalization = (name, channels) => [
  weight(`${name}_scale`, [channels]), weight(`${name}_offset`, [channels]),
  weight(`${name}_mean`, [channels], random(channels), false), weight(`${name}_variance`, [channels], new Float32Array(channels).fill(1), false),
];
const normalize = (name, input, output) =>
  node('BatchNormalization', [input, ...['scale', 'offset', 'mean', 'variance'].map(part => `${name}_${part}`)], output);
const gemm = (name, input, output) => node('Gemm', [input, name, `${name}_bias`], output);

const models = {
  'infer/mlp': () => ({
    input: [128, 784],
    weights: [dense('w1', 784, 512), dense('w2', 512, 512), dense('w3', 512, 10)].flat(),
    nodes: [gemm('w1', 'x', 'a'), node('Relu', ['a'], 'b'), gemm('w2', 'b', 'c'), node('Relu', ['c'], 'd'), gemm('w3', 'd', 'y')],
  }),
  'infer/cnn': () => ({
    input: [64, 1, 28, 28],
    weights: [convolution('k1', 1, 32), normalization('n1', 32), convolution('k2', 32, 64), normalization('n2', 64),
      dense('w1', 9216, 128), dense('w2', 128, 10)].flat(),
    nodes: [
      node('Conv', ['x', 'k1', 'k1_bias'], 'a', { kernel_shape: [3, 3] }), normalize('n1', 'a', 'b'), node('Relu', ['b'], 'c'),
      node('Conv', ['c', 'k2', 'k2_bias'], 'd', { kernel_shape: [3, 3] }), normalize('n2', 'd', 'e'), node('Relu', ['e'], 'f'),
      node('MaxPool', ['f'], 'g', { kernel_shape: [2, 2], strides: [2, 2] }), node('Flatten', ['g'], 'h'),
      gemm('w1', 'h', 'i'), node('Relu', ['i'], 'j'), gemm('w2', 'j', 'y')],
  }),
};

// ---- the protocol
const prepared = new Map();

async function prepare(name) {
  const { input, weights, nodes } = models[name]();
  const session = await runtime.InferenceSession.create(
    graph(nodes, weights, input, [input[0], 10]),
    { intraOpNumThreads: threads, interOpNumThreads: 1, graphOptimizationLevel: 'all' });
  const x = new runtime.Tensor('float32', random(input.reduce((a, b) => a * b), 2), input);
  const call = () => session.run({ x });
  const { y } = await call();
  if (!y.data.every(Number.isFinite)) throw new Error(`${name}: the result is not finite`);
  prepared.set(name, { call, session });
  return { parameters: weights.reduce((sum, w) => sum + w.parameters, 0) };
}

async function measure(name, seconds, minimum) {
  const { call } = prepared.get(name), samples = [], started = process.hrtime.bigint();
  const elapsed = since => Number(process.hrtime.bigint() - since) / 1e6;
  while (elapsed(started) < seconds * 1e3 || samples.length < minimum) {
    const from = process.hrtime.bigint();
    await call();
    samples.push(elapsed(from));
  }
  samples.sort((a, b) => a - b);
  return { ms: (samples[(samples.length - 1) >> 1] + samples[samples.length >> 1]) / 2 };
}

async function answer([verb, name, first, second]) {
  if (verb === 'prepare') return prepare(name);
  if (verb === 'measure') return measure(name, Number(first), Number(second));
  for (const { session } of prepared.values()) await session.release();
  prepared.clear();
  return {};
}

const reply = message => console.log(JSON.stringify(message));
reply({ description: `ONNX Runtime ${version} (Node.js ${process.versions.node}), ${threads} threads` });
for await (const line of readline.createInterface({ input: process.stdin })) {
  try {
    reply(await answer(line.trim().split(/\s+/)));
  } catch (error) {
    reply({ error: error.message });
  }
}
