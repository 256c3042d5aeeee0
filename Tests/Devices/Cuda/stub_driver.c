/* A CUDA driver without a GPU, for tests: streams that are as lazy or as eager as CUDA allows, scripted errors, a log of launches.
   Memory is the host's. It runs one kernel, 'scale': y[i] = x[i] * factor for i < count. "Binaries" are PTX behind a mark.
   It is strict where a real driver may seem to forgive: each call needs the context that its handles were made in; memory is freed
   without waiting, and then holds something else; host memory must stay as it is until the copy has run. What would go wrong unseen on
   a GPU is noted among the faults, which StubDriver.Run looks at. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef unsigned long long address;
enum { COPY, RECORD, WAIT, SCALE };
typedef struct stream stream;
typedef struct { long context; stream* on; long recorded, done; } happening;
typedef struct { int kind; void *target, *source; size_t bytes; happening* event; long id; stream* other; char arguments[64]; unsigned sum; int upload; } operation;
struct stream { long context; operation* operations; long head, tail, capacity; int eager; };
typedef struct { long context; char name[512]; int sizes[512], count, shared; unsigned items; } function;
typedef struct { long context; address start; size_t bytes; int live; } block;

static int version = 12040, devices = 1, capability = 90, fail_code, fail_after, fail_times, initialized, streams_created, eager_streams;
static char fail_name[64], calls[1 << 16], *ptx, *error_log;
static size_t limit = (size_t)1 << 40, allocated;
static __thread long current;
static block blocks[4096];
static int block_count;
static char faults[1 << 12];

void stub_reset(void) { version = 12040; devices = 1; capability = 90; fail_name[0] = 0; limit = (size_t)1 << 40; calls[0] = 0; }
void stub_machine(int v, int d, int c) { version = v; devices = d; capability = c; }
void stub_fail(const char* name, int code, int after, int times) { strcpy(fail_name, name); fail_code = code; fail_after = after; fail_times = times; }
void stub_limit(size_t bytes) { limit = bytes; }
void stub_eager(int streams) { eager_streams = streams; }
const char* stub_calls(void) { return calls; }
const char* stub_faults(void) { return faults; }

/* Adds to the log, which keeps what comes first. */
static void note(const char* format, ...)
{
    size_t used = strlen(calls);
    va_list list;
    va_start(list, format);
    vsnprintf(calls + used, sizeof calls - used, format, list);
    va_end(list);
}

static void fault(const char* what) { if (strlen(faults) + strlen(what) + 2 < sizeof faults) strcat(strcat(faults, what), "\n"); }

/* Whether bytes lie in a block that is not freed. */
static int is_live(address a, size_t bytes)
{
    for (int i = 0; i < block_count; i++)
        if (blocks[i].live && a >= blocks[i].start && a + bytes <= blocks[i].start + blocks[i].bytes) return 1;
    return 0;
}

static unsigned sum_of(const unsigned char* bytes, size_t count)
{
    unsigned sum = 0;
    for (size_t i = 0; i < count; i++) sum = sum * 31 + bytes[i];
    return sum;
}

static int scripted(const char* name)
{
    if (strcmp(name, fail_name) || fail_after-- > 0 || fail_times <= 0) return 0;
    fail_after = 0; fail_times--;
    return fail_code;
}

#define ENTER() do { int code = scripted(__func__); if (code) return code; if (!initialized) return 3; } while (0)
#define ENTER_CONTEXT() do { ENTER(); if (!current) return 201; } while (0)
#define OWN(handle) do { if ((handle)->context != current) return 400; } while (0)

static void step(stream* s, int force);
static int ready(stream* s) { operation* o = &s->operations[s->head]; return o->kind != WAIT || o->event->done >= o->id; }
static void finish(happening* e, long id, stream* s) { while (e->done < id) step(s, 1); }

static void scale(operation* o)
{
    float *x, *y, factor; int count;
    memcpy(&x, o->arguments, 8); memcpy(&y, o->arguments + 8, 8); memcpy(&factor, o->arguments + 16, 4); memcpy(&count, o->arguments + 20, 4);
    if (count > 0 && (!is_live((address)x, 4 * (size_t)count) || !is_live((address)y, 4 * (size_t)count))) fault("a kernel uses memory that is not allocated");
    for (int i = 0; i < count; i++) y[i] = x[i] * factor;
}

static void step(stream* s, int force)
{
    if (s->head == s->tail || (!force && !ready(s))) return;
    operation o = s->operations[s->head];
    if (o.kind == WAIT) finish(o.event, o.id, o.other);
    s->head++;
    if (o.upload && sum_of(o.source, o.bytes) != o.sum) fault("host memory was written before its copy ran");
    if (o.kind == COPY) memcpy(o.target, o.source, o.bytes);
    if (o.kind == RECORD) o.event->done = o.id;
    if (o.kind == SCALE) scale(&o);
}

static void enqueue(stream* s, operation o)
{
    if (s->tail == s->capacity) s->operations = realloc(s->operations, sizeof(operation) * (s->capacity = 2 * s->capacity + 64));
    s->operations[s->tail++] = o;
    while (s->eager && s->head < s->tail && ready(s)) step(s, 0);
}

static int copy(void* target, const void* source, size_t bytes, stream* s, int to_device, int from_device)
{
    operation o = { COPY, target, (void*)source, bytes };
    OWN(s);
    if (to_device && !is_live((address)target, bytes) || from_device && !is_live((address)source, bytes)) return 1;
    o.upload = !from_device;
    if (o.upload) o.sum = sum_of(source, bytes);
    enqueue(s, o);
    return 0;
}

int cuInit(unsigned flags) { int code = scripted(__func__); initialized = !code && !flags; return code; }
int cuDriverGetVersion(int* v) { ENTER(); *v = version; return 0; }
int cuDeviceGetCount(int* n) { ENTER(); *n = devices; return 0; }
int cuDeviceGet(int* device, int ordinal) { ENTER(); *device = 100 + ordinal; return 0; }
int cuDeviceGetName(char* name, int capacity, int device) { ENTER(); return snprintf(name, capacity, "Stub %d", device - 100) < 0; }
int cuDeviceTotalMem_v2(size_t* bytes, int device) { ENTER(); *bytes = (size_t)8 << 30; return device < 100; }
int cuDeviceGetAttribute(int* value, int attribute, int device)
{
    ENTER();
    if (attribute < 1 || attribute > 146) return 1;
    *value = attribute == 75 ? capability / 10 : attribute == 76 ? capability % 10 : attribute == 16 ? 132 : attribute == 1 ? 1024
        : attribute == 97 ? 232448 : attribute == 8 ? 49152 : 0;
    return device < 100;
}
int cuDevicePrimaryCtxRetain(long* context, int device) { ENTER(); *context = device; return device < 100; }
int cuDevicePrimaryCtxRelease_v2(int device)
{
    ENTER();
    for (int i = 0; i < block_count; i++)
        if (blocks[i].live && blocks[i].context == device) { blocks[i].live = 0; allocated -= blocks[i].bytes; }
    return device < 100;
}
int cuCtxSetCurrent(long context) { ENTER(); current = context; return 0; }
int cuStreamCreate(stream** s, unsigned flags)
{
    ENTER_CONTEXT();
    *s = calloc(1, sizeof(stream));
    (*s)->context = current;
    (*s)->eager = eager_streams >> (streams_created++ & 1) & 1;
    return flags != 1;
}
int cuStreamSynchronize(stream* s) { ENTER_CONTEXT(); OWN(s); while (s->head < s->tail) step(s, 1); return 0; }
int cuEventCreate(happening** e, unsigned flags) { ENTER_CONTEXT(); *e = calloc(1, sizeof(happening)); (*e)->context = current; return flags != 2; }
int cuEventRecord(happening* e, stream* s)
{
    ENTER_CONTEXT();
    operation o = { RECORD };
    OWN(e); OWN(s);
    o.event = e; o.id = ++e->recorded; e->on = s;
    enqueue(s, o);
    return 0;
}
int cuStreamWaitEvent(stream* s, happening* e, unsigned flags)
{
    ENTER_CONTEXT();
    operation o = { WAIT };
    OWN(s);
    o.event = e; o.id = e->recorded; o.other = e->on;
    enqueue(s, o);
    return flags;
}
int cuEventSynchronize(happening* e) { ENTER_CONTEXT(); OWN(e); finish(e, e->recorded, e->on); return 0; }
int cuMemAlloc_v2(address* a, size_t bytes)
{
    ENTER_CONTEXT();
    if (!bytes) return 1;
    if (allocated + bytes > limit || block_count == sizeof blocks / sizeof blocks[0]) return 2;
    blocks[block_count++] = (block){ current, *a = (address)aligned_alloc(256, (bytes + 255) / 256 * 256), bytes, 1 };
    allocated += bytes;
    return 0;
}
/* Does not wait: the documentation says that it may. What then reads the memory finds nonsense. */
int cuMemFree_v2(address a)
{
    ENTER_CONTEXT();
    for (int i = 0; i < block_count; i++)
    {
        if (!blocks[i].live || blocks[i].start != a) continue;
        OWN(blocks + i);
        blocks[i].live = 0; allocated -= blocks[i].bytes;
        memset((void*)a, 0xEE, blocks[i].bytes);
        return 0;
    }
    return 1;
}
int cuMemHostAlloc(void** a, size_t bytes, unsigned flags) { ENTER_CONTEXT(); *a = malloc(bytes); return flags; }
int cuMemcpyHtoDAsync_v2(address t, const void* h, size_t n, stream* s) { ENTER_CONTEXT(); return copy((void*)t, h, n, s, 1, 0); }
int cuMemcpyDtoHAsync_v2(void* h, address t, size_t n, stream* s) { ENTER_CONTEXT(); return copy(h, (void*)t, n, s, 0, 1); }
int cuMemcpyDtoDAsync_v2(address t, address u, size_t n, stream* s) { ENTER_CONTEXT(); return copy((void*)t, (void*)u, n, s, 1, 1); }

int cuLinkCreate_v2(unsigned n, int* options, void** values, void** state)
{
    ENTER_CONTEXT();
    for (unsigned i = 0; i < n; i++)
    {
        if (options[i] < 0 || options[i] > 12) return 1;
        if ((options[i] == 4 || options[i] == 6) && (size_t)values[i] > 1 << 20) return 1;
        if (options[i] == 5) error_log = values[i];
    }
    *state = &ptx;
    return 0;
}
int cuLinkAddData_v2(void* state, int kind, void* data, size_t bytes, const char* name, unsigned n, int* options, void** values)
{
    ENTER_CONTEXT();
    note("link %s\n", name);
    if (kind != 1 || ((char*)data)[bytes - 1]) return 1;
    if (strstr(data, "nonsense")) { strcpy(error_log, "ptxas error: line 7: nonsense"); return 218; }
    ptx = malloc(bytes + 6);
    memcpy(ptx, "CUBIN ", 6);
    memcpy(ptx + 6, data, bytes);
    return 0;
}
int cuLinkComplete(void* state, void** cubin, size_t* bytes) { ENTER_CONTEXT(); *cubin = ptx; *bytes = strlen(ptx) + 1; return 0; }
int cuLinkDestroy(void* state) { ENTER_CONTEXT(); if (ptx) memset(ptx, 0xEE, strlen(ptx)); free(ptx); ptx = 0; return 0; }
int cuModuleLoadData(void** module, const char* image)
{
    ENTER_CONTEXT();
    note("load\n");
    if (memcmp(image, "CUBIN ", 6)) return 200;
    *module = strdup(image);
    return 0;
}
int cuModuleGetFunction(function** f, char* module, const char* name)
{
    ENTER_CONTEXT();
    char entry[600], *p, *end;
    snprintf(entry, sizeof entry, ".entry %s(", name);
    if (strlen(name) >= sizeof (*f)->name || !(p = strstr(module, entry))) return 500;
    *f = calloc(1, sizeof(function));
    (*f)->context = current;
    strcpy((*f)->name, name);
    (*f)->items = (p = strstr(module, ".maxntid ")) ? (unsigned)atoi(p + 9) : 1024;
    p = strstr(module, entry);
    for (end = strchr(p, ')'); (p = strstr(p, ".param")) && p < end; p++)
    {
        char *bracket = strpbrk(p, "[,)"), *wide = strstr(p, "64 ");
        (*f)->sizes[(*f)->count++] = *bracket == '[' ? atoi(bracket + 1) : wide && wide < bracket ? 8 : 4;
    }
    return 0;
}
int cuFuncSetAttribute(function* f, int attribute, int value) { ENTER_CONTEXT(); OWN(f); f->shared = value; return attribute != 8 || value > 232448; }
int cuLaunchKernel(function* f, unsigned gx, unsigned gy, unsigned gz, unsigned x, unsigned y, unsigned z, unsigned shared, stream* s,
    void** arguments, void** extra)
{
    ENTER_CONTEXT();
    OWN(f); OWN(s);
    if (extra || !gx || !gy || !gz || !x || !y || !z || (int)shared > f->shared) return 1;
    if (gx > 2147483647 || gy > 65535 || gz > 65535 || z > 64 || (size_t)x * y * z > f->items) return 1;
    operation o = { SCALE };
    note("launch %s %u %u %u of %u %u %u, %u:", f->name, gx, gy, gz, x, y, z, shared);
    int used = 0;
    for (int i = 0; i < f->count; i++)
    {
        note(" ");
        for (int j = 0; j < f->sizes[i]; j++) note("%02x", ((unsigned char*)arguments[i])[j]);
        if (used + f->sizes[i] <= 64) memcpy(o.arguments + used, arguments[i], f->sizes[i]);
        used += f->sizes[i];
    }
    note("\n");
    if (!strcmp(f->name, "scale")) enqueue(s, o);
    return 0;
}
int cuGetErrorName(int code, const char** name)
{
    *name = code == 1 ? "CUDA_ERROR_INVALID_VALUE" : code == 2 ? "CUDA_ERROR_OUT_OF_MEMORY" : code == 100 ? "CUDA_ERROR_NO_DEVICE"
        : code == 218 ? "CUDA_ERROR_INVALID_PTX" : code == 221 ? "CUDA_ERROR_JIT_COMPILER_NOT_FOUND"
        : code == 223 ? "CUDA_ERROR_JIT_COMPILATION_DISABLED" : code == 400 ? "CUDA_ERROR_INVALID_HANDLE" : code == 222 ? "CUDA_ERROR_UNSUPPORTED_PTX_VERSION"
        : code == 700 ? "CUDA_ERROR_ILLEGAL_ADDRESS" : code == 701 ? "CUDA_ERROR_LAUNCH_OUT_OF_RESOURCES"
        : code == 719 ? "CUDA_ERROR_LAUNCH_FAILED" : 0;
    return *name ? 0 : 1;
}
int cuGetErrorString(int code, const char** text) { *text = code == 100 ? "no CUDA-capable device is detected" : "stub"; return 0; }
