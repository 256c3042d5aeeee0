"""Files and listings made with h5py, the reference for our reader and writer.

    hdf5_reference.py make FOLDER     writes files of many kinds
    hdf5_reference.py list FILE...    lists everything in files, a line for each group, dataset and attribute
    hdf5_reference.py extend FILE     opens a file for changes and adds groups, attributes and data
    hdf5_reference.py samples         prints the small files of Hdf5Samples.cs, packed
"""
import base64
import hashlib
import io
import os
import sys
import textwrap
import zlib

import h5py
import numpy as np


def describe(value, dtype, shape):
    if h5py.check_string_dtype(dtype) is not None and h5py.check_string_dtype(dtype).length is None:
        texts = [t if isinstance(t, bytes) else t.encode() for t in np.ravel(np.asarray(value, dtype=object))]
        name, data = "string", b"\0".join(texts)
    elif dtype.kind == "S":
        texts = [t.rstrip(b"\0") for t in np.ravel(np.asarray(value))]
        name, data = f"string({dtype.itemsize})", b"\0".join(texts)
    else:
        name = {"b": "bool", "V": f"opaque({dtype.itemsize})"}.get(
            dtype.kind, {"f": "float", "i": "int", "u": "uint"}.get(dtype.kind, "?") + str(8 * dtype.itemsize))
        name += " big-endian" if dtype.byteorder == ">" else ""
        data = b"" if shape is None else np.ascontiguousarray(value, dtype=dtype).tobytes()
    sizes = [0] if shape is None else list(shape)
    return f"{name} {sizes} {hashlib.sha256(data).hexdigest()[:16]}"


def attributes(path, item):
    for name in item.attrs:
        a = item.attrs.get_id(name)
        value = item.attrs[name]
        shape = None if isinstance(value, h5py.Empty) else a.shape
        yield f"{path}@{name}: {describe(value, a.dtype, shape)}"


def entries(path, item):
    if isinstance(item, h5py.Group):
        yield f"{path}: group"
        for name in item:
            if isinstance(item.get(name, getlink=True), h5py.HardLink):
                yield from entries(path.rstrip("/") + "/" + name, item[name])
    elif isinstance(item, h5py.Dataset):
        yield f"{path}: {describe(item[()], item.dtype, item.shape)}"
    yield from attributes(path, item)


def numbers(shape, dtype="f4"):
    count = int(np.prod(shape))
    return ((np.arange(count) * 7919) % 251 - 100).astype(dtype).reshape(shape)


def fill_types(f):
    for t in ["f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", ">f4", ">f8", ">i2", ">i8", ">u4", "bool"]:
        f.create_dataset("type" + t.replace(">", "be"), data=numbers((3, 5), t))
    f.create_dataset("scalar", data=np.float32(3.5))
    f.create_dataset("empty", data=np.zeros((0, 4), "f4"))
    f.create_dataset("null", data=h5py.Empty("f4"))
    f.create_dataset("unwritten", shape=(4, 3), dtype="f4", fillvalue=2.5)
    f.create_dataset("opaque", data=numbers((2, 3), "u2").view("V2")).attrs["dtype"] = "bfloat16"
    f.create_dataset("texts", data=np.array(["one", "", "zwölf"], dtype=object), dtype=h5py.string_dtype())
    f.create_dataset("fixed", data=np.array([b"one", b"", b"twelve"]))
    f.create_dataset("rank5", data=numbers((2, 1, 3, 2, 2)))


def fill_attributes(item):
    item.attrs["text"] = "größer"
    item.attrs["nothing"] = ""
    item.attrs["ascii"] = np.array("plain", dtype=h5py.string_dtype("ascii"))
    item.attrs["list"] = ["a", "", "ccc" * 50]
    item.attrs["empty"] = []
    item.attrs["number"] = 3.5
    item.attrs["array"] = numbers((3, 4), "i2")
    item.attrs["fixed"] = np.bytes_(b"abc")
    item.attrs["fixedlist"] = np.array([b"abc", b"d"])
    item.attrs["flag"] = True


def fill_groups(f):
    f.create_group("leer")
    g = f
    for i in range(20):
        g = g.create_group(f"level{i}")
    for count in [1, 8, 9, 256, 257, 700]:
        g = f.create_group(f"children{count}")
        for i in range(count):
            g.create_group(f"child_{i * 7919 % 1000}")
    f.create_group("Ünïcödé/𝄞/￿")


def fill_chunks(f):
    c = f.create_group("chunks")
    for name, options in [("plain", {}), ("gzip", {"compression": "gzip"}), ("all", {"compression": "gzip", "shuffle": True, "fletcher32": True}),
                          ("shuffle", {"shuffle": True}), ("sum", {"fletcher32": True})]:
        c.create_dataset(name + "1", data=numbers((100,)), chunks=(7,), **options)
        c.create_dataset(name + "2", data=numbers((30, 41), "f8"), chunks=(7, 10), **options)
        c.create_dataset(name + "3", data=numbers((5, 6, 7), "i2"), chunks=(2, 4, 3), **options)
        c.create_dataset(name + "single", data=numbers((5, 6)), chunks=(5, 6), **options)
        c.create_dataset(name + "large", data=numbers((5,)), chunks=(50,), maxshape=(None,), **options)
        c.create_dataset(name + "grow", data=numbers((50, 9)), chunks=(1, 4), maxshape=(None, 12), **options)
        c.create_dataset(name + "growlast", data=numbers((6, 50)), chunks=(4, 1), maxshape=(7, None), **options)
        c.create_dataset(name + "growboth", data=numbers((50, 60)), chunks=(3, 5), maxshape=(None, None), **options)
        c.create_dataset(name + "odd", data=numbers((33,), "u1"), chunks=(11,), **options)
        d = c.create_dataset(name + "holes", shape=(40, 40), dtype="i4", chunks=(6, 6), fillvalue=-7, **options)
        d[10:20, 13:30] = numbers((10, 17), "i4")
    c.create_dataset("many", data=numbers((5000,)), chunks=(2,))
    c.create_dataset("manygrow", data=numbers((20000,), "i1"), chunks=(1,), maxshape=(None,))
    c.create_dataset("manygzip", data=numbers((6000,), "i2"), chunks=(4,), maxshape=(None,), compression="gzip")
    c.create_dataset("manyfixed", data=numbers((60, 60)), chunks=(1, 2), maxshape=(60, 80))
    d = c.create_dataset("pageholes", shape=(20000,), dtype="i1", chunks=(1,), maxshape=(None,))
    d[15000:15010] = 5
    c.create_dataset("manyboth", data=numbers((90, 90)), chunks=(1, 2), maxshape=(None, None))
    low_level(c.id, b"implicit", numbers((9, 10)), (4, 3), early=True)
    low_level(c.id, b"compact", numbers((4, 5)), None)
    d = c.create_dataset("shrunk", data=numbers((40, 40)), chunks=(7, 7), maxshape=(None, 40))
    d.resize((11, 40))


def low_level(where, name, values, chunk, early=False):
    create = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    if chunk is None:
        create.set_layout(h5py.h5d.COMPACT)
    else:
        create.set_chunk(chunk)
    if early:
        create.set_alloc_time(h5py.h5d.ALLOC_TIME_EARLY)
    space = h5py.h5s.create_simple(values.shape)
    dataset = h5py.h5d.create(where, name, h5py.h5t.py_create(values.dtype), space, create)
    dataset.write(h5py.h5s.ALL, h5py.h5s.ALL, values)


def fill_dense(f):
    g = f.create_group("dense")
    for i in range(60):
        g.attrs[f"a{i}"] = f"text {i}"
    g.attrs["big"] = numbers((20000,), "i4")
    g.attrs["medium"] = numbers((5000,), "i1")
    o = f.create_group("ordered", track_order=True)
    for i in range(3000):
        o.create_group(f"n{i * 7919 % 3001}")
    u = f.create_group("unordered")
    for i in range(1000):
        u.create_group("a rather long name of a member " * 3 + str(i))
    few = f.create_group("few", track_order=True)
    for name in "cab":
        few.create_group(name)


def make(folder):
    def new(name, **options):
        return h5py.File(os.path.join(folder, name), "w", **options)

    for version in ["earliest", "latest"]:
        for part in [fill_types, fill_attributes, fill_groups, fill_chunks] + ([fill_dense] if version == "latest" else []):
            with new(f"{version}-{part.__name__[5:]}.h5", libver=version) as f:
                part(f)
    with new("userblock.h5", userblock_size=1024) as f:
        fill_types(f)
        fill_attributes(f)
    with new("hardlinks.h5") as f:
        f["a"] = numbers((3,))
        f["g/b"] = f["a"]
    create = h5py.h5p.create(h5py.h5p.FILE_CREATE)
    create.set_sizes(4, 4)
    low = h5py.h5f.create(os.path.join(folder, "narrow.h5").encode(), h5py.h5f.ACC_TRUNC, create)
    with h5py.File(low) as f:
        fill_types(f)
        fill_attributes(f)
        fill_groups(f)
        fill_chunks(f)
    create = h5py.h5p.create(h5py.h5p.FILE_CREATE)
    access = h5py.h5p.create(h5py.h5p.FILE_ACCESS)
    access.set_libver_bounds(h5py.h5f.LIBVER_V18, h5py.h5f.LIBVER_V18)
    low = h5py.h5f.create(os.path.join(folder, "v18.h5").encode(), h5py.h5f.ACC_TRUNC, create, access)
    with h5py.File(low) as f:
        fill_types(f)
        fill_attributes(f)
        fill_groups(f)
        fill_dense(f)


def extend(path):
    with h5py.File(path, "r+") as f:
        for i in range(300):
            f.create_group(f"added/{i}")
            f.create_group(f"x{i}")
        f["added"].attrs["note"] = "more"
        f.attrs["added"] = ["one", "two"]
        f.create_dataset("added/data", data=numbers((100, 3)))


def sample_chunked(f):
    f.create_dataset("d", data=np.zeros((40, 30), "f4") + np.arange(30, dtype="f4"), chunks=(16, 16), compression="gzip", shuffle=True, fletcher32=True)


def sample_lzf(f):
    f.create_dataset("d", data=np.zeros(100, "f4"), chunks=(50,), compression="lzf")


def sample_links(f):
    f.create_dataset("d", data=np.float32(1))
    f["soft"] = h5py.SoftLink("/d")
    f["external"] = h5py.ExternalLink("other.h5", "/x")


def sample_external(f):
    f.create_dataset("d", shape=(4,), dtype="f4", external=[("/etc/hostname", 0, 16)])


def sample_virtual(f):
    layout = h5py.VirtualLayout(shape=(4,), dtype="f4")
    layout[:] = h5py.VirtualSource("other.h5", "x", shape=(4,))
    f.create_virtual_dataset("d", layout)


def sample_types(f):
    f.create_dataset("compound", data=np.zeros(3, dtype=[("a", "f4"), ("b", "i4")]))
    f.create_dataset("long", data=np.zeros(3, "longdouble"))
    f.create_dataset("enum", data=np.array([1, 2], "i4"), dtype=h5py.enum_dtype({"a": 1, "b": 2}, "i4"))
    f["named"] = np.dtype("f4")
    f.create_dataset("uses", data=np.float32(1), dtype=f["named"])
    f["uses"].attrs.create("ref", f["enum"].ref, dtype=h5py.ref_dtype)


def sample_new(f):
    f.create_dataset("d", data=numbers((40,)), chunks=(3,), maxshape=(None,), compression="gzip")
    g = f.create_group("g")
    for i in range(12):
        g.create_group(f"n{i}")
        g.attrs[f"a{i}"] = f"t{i}"
    f.create_dataset("fixed", data=numbers((9,)), chunks=(2,))
    f.create_dataset("both", data=numbers((5, 5)), chunks=(2, 2), maxshape=(None, None))


def samples():
    for make_sample, version in [(sample_chunked, "earliest"), (sample_lzf, "earliest"), (sample_links, "earliest"), (sample_links, "latest"),
                                 (sample_external, "earliest"), (sample_virtual, "latest"), (sample_types, "earliest"), (sample_new, "latest")]:
        content = io.BytesIO()
        with h5py.File(content, "w", libver=version) as f:
            make_sample(f)
        print(make_sample.__name__[7:], version)
        print(textwrap.fill(base64.b64encode(zlib.compress(content.getvalue(), 9)).decode(), 128))


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(sys.argv[2])
    elif sys.argv[1] == "extend":
        extend(sys.argv[2])
    elif sys.argv[1] == "samples":
        samples()
    else:
        for path in sys.argv[2:]:
            with h5py.File(path, "r") as f:
                print(f"file {os.path.basename(path)}")
                for line in entries("/", f):
                    print(line)
