/* A CUDA driver without a GPU, for tests: streams that are as lazy or as eager as CUDA allows, scripted errors, a log of launches.
   Memory is the host's. It runs one kernel, 'scale': y[i] = x[i] * factor for i < count. "Binaries" are PTX behind a mark. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef unsigned long long address;
enum { COPY, RECORD, WAIT, SCALE };
typedef struct stream stream;
typedef struct { stream* on; long recorded, done; } happening;
typedef struct { int kind; void *target, *source; size_t bytes; happening* event; long id; stream* other; char arguments[64]; } operation;
struct stream { operation* operations; long head, tail, capacity; int eager; };
typedef struct { char name[512]; int sizes[512], count, shared; } function;

static int version = 12040, devices = 1, capability = 90, fail_code, fail_after, initialized, streams_created, eager_streams;
static char fail_name[64], calls[1 << 16], *ptx, *error_log;
static size_t limit = (size_t)1 << 40, allocated;
static __thread int current;

void stub_reset(void) { version = 12040; devices = 1; capability = 90; fail_name[0] = 0; limit = (size_t)1 << 40; calls[0] = 0; }
void stub_machine(int v, int d, int c) { version = v; devices = d; capability = c; }
void stub_fail(const char* name, int code, int after) { strcpy(fail_name, name); fail_code = code; fail_after = after; }
void stub_limit(size_t bytes) { limit = bytes; }
void stub_eager(int streams) { eager_streams = streams; }
const char* stub_calls(void) { return calls; }

/* Adds to the log, which keeps what comes first. */
static void note(const char* format, ...)
{
    size_t used = strlen(calls);
    va_list list;
    va_start(list, format);
    vsnprintf(calls + used, sizeof calls - used, format, list);
    va_end(list);
}

static int scripted(const char* name) { return !strcmp(name, fail_name) && fail_after-- <= 0 ? (fail_after = 0, fail_code) : 0; }
#define ENTER() do { int code = scripted(__func__); if (code) return code; if (!initialized) return 3; } while (0)
#define ENTER_CONTEXT() do { ENTER(); if (!current) return 201; } while (0)

static void step(stream* s, int force);
static int ready(stream* s) { operation* o = &s->operations[s->head]; return o->kind != WAIT || o->event->done >= o->id; }
static void finish(happening* e, long id, stream* s) { while (e->done < id) step(s, 1); }

static void scale(operation* o)
{
    float *x, *y, factor; int count;
    memcpy(&x, o->arguments, 8); memcpy(&y, o->arguments + 8, 8); memcpy(&factor, o->arguments + 16, 4); memcpy(&count, o->arguments + 20, 4);
    for (int i = 0; i < count; i++) y[i] = x[i] * factor;
}

static void step(stream* s, int force)
{
    if (s->head == s->tail || (!force && !ready(s))) return;
    operation o = s->operations[s->head];
    if (o.kind == WAIT) finish(o.event, o.id, o.other);
    s->head++;
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

static int copy(void* target, const void* source, size_t bytes, stream* s)
{
    operation o = { COPY, target, (void*)source, bytes };
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
    *value = attribute == 75 ? capability / 10 : attribute == 76 ? capability % 10 : attribute == 16 ? 132 : attribute == 1 ? 1024
        : attribute == 97 ? 232448 : attribute == 8 ? 49152 : 0;
    return device < 100;
}
int cuDevicePrimaryCtxRetain(void** context, int device) { ENTER(); *context = (void*)(long)device; return 0; }
int cuCtxSetCurrent(void* context) { ENTER(); current = context != 0; return 0; }
int cuStreamCreate(stream** s, unsigned flags)
{
    ENTER_CONTEXT();
    *s = calloc(1, sizeof(stream));
    (*s)->eager = eager_streams >> (streams_created++ & 1) & 1;
    return flags != 1;
}
int cuStreamSynchronize(stream* s) { ENTER_CONTEXT(); while (s->head < s->tail) step(s, 1); return 0; }
int cuEventCreate(happening** e, unsigned flags) { ENTER_CONTEXT(); *e = calloc(1, sizeof(happening)); return flags != 2; }
int cuEventRecord(happening* e, stream* s)
{
    ENTER_CONTEXT();
    operation o = { RECORD };
    o.event = e; o.id = ++e->recorded; e->on = s;
    enqueue(s, o);
    return 0;
}
int cuStreamWaitEvent(stream* s, happening* e, unsigned flags)
{
    ENTER_CONTEXT();
    operation o = { WAIT };
    o.event = e; o.id = e->recorded; o.other = e->on;
    enqueue(s, o);
    return flags;
}
int cuEventSynchronize(happening* e) { ENTER_CONTEXT(); finish(e, e->recorded, e->on); return 0; }
int cuMemAlloc_v2(address* a, size_t bytes)
{
    ENTER_CONTEXT();
    if (!bytes) return 1;
    if (allocated + bytes > limit) return 2;
    size_t* block = malloc(bytes + 64);
    *block = bytes; allocated += bytes;
    *a = (address)block + 64;
    return 0;
}
int cuMemFree_v2(address a) { ENTER_CONTEXT(); size_t* block = (size_t*)(a - 64); allocated -= *block; free(block); return 0; }
int cuMemHostAlloc(void** a, size_t bytes, unsigned flags) { ENTER_CONTEXT(); *a = malloc(bytes); return flags; }
int cuMemcpyHtoDAsync_v2(address t, const void* h, size_t n, stream* s) { ENTER_CONTEXT(); return copy((void*)t, h, n, s); }
int cuMemcpyDtoHAsync_v2(void* h, address t, size_t n, stream* s) { ENTER_CONTEXT(); return copy(h, (void*)t, n, s); }
int cuMemcpyDtoDAsync_v2(address t, address u, size_t n, stream* s) { ENTER_CONTEXT(); return copy((void*)t, (void*)u, n, s); }

int cuLinkCreate_v2(unsigned n, int* options, void** values, void** state)
{
    ENTER_CONTEXT();
    for (unsigned i = 0; i < n; i++) if (options[i] == 5) error_log = values[i];
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
int cuLinkDestroy(void* state) { ENTER_CONTEXT(); free(ptx); ptx = 0; return 0; }
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
    strcpy((*f)->name, name);
    for (end = strchr(p, ')'); (p = strstr(p, ".param")) && p < end; p++)
    {
        char *bracket = strpbrk(p, "[,)"), *wide = strstr(p, "64 ");
        (*f)->sizes[(*f)->count++] = *bracket == '[' ? atoi(bracket + 1) : wide && wide < bracket ? 8 : 4;
    }
    return 0;
}
int cuFuncSetAttribute(function* f, int attribute, int value) { ENTER_CONTEXT(); f->shared = value; return attribute != 8 || value > 232448; }
int cuLaunchKernel(function* f, unsigned gx, unsigned gy, unsigned gz, unsigned x, unsigned y, unsigned z, unsigned shared, stream* s,
    void** arguments, void** extra)
{
    ENTER_CONTEXT();
    if (extra || x * y * z > 1024 || (int)shared > f->shared) return 1;
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
        : code == 218 ? "CUDA_ERROR_INVALID_PTX" : code == 222 ? "CUDA_ERROR_UNSUPPORTED_PTX_VERSION"
        : code == 700 ? "CUDA_ERROR_ILLEGAL_ADDRESS" : code == 701 ? "CUDA_ERROR_LAUNCH_OUT_OF_RESOURCES"
        : code == 719 ? "CUDA_ERROR_LAUNCH_FAILED" : 0;
    return *name ? 0 : 1;
}
int cuGetErrorString(int code, const char** text) { *text = code == 100 ? "no CUDA-capable device is detected" : "stub"; return 0; }
