/* An OpenCL library without a device, for tests: a queue that works as late as OpenCL allows, scripted errors, a log of what was built and
   launched, counts of what was not released. Memory is the host's. It runs one kernel, 'scale': y[i] = x[i] * factor for i < count.
   "Binaries" are the source behind a mark. It is strict where a real driver may forgive: a released buffer, whose name the next one takes,
   holds nonsense once the queue is done with it, and host memory must stay as it is until it has been copied. What would go wrong unseen
   is noted among the faults. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { CONTEXT, QUEUE, BUFFER, PROGRAM, KERNEL, EVENT, KINDS };
enum { COPY, MAP, SCALE, DONE };
typedef struct { int kind, references; } object;
typedef struct { object head; char *bytes; size_t size; long life; int queued; } buffer;
typedef struct { object head; char *source; int binary, built; } program;
typedef struct { unsigned char value[16]; size_t size; long life; int set; } argument;
typedef struct { object head; char name[256]; argument arguments[8]; } kernel;
typedef struct { object head; int done; } event;
typedef struct { int kind; buffer *x, *y; size_t offset, size; char *target, *source; unsigned sum; float factor; int count; event *event; } operation;

static const char *names[KINDS] = { "contexts", "queues", "buffers", "programs", "kernels", "events" };
static int live[KINDS], fail_code, fail_after, fail_times, eager;
static char fail_name[64], calls[1 << 14], faults[1 << 12], left[256], platform_version[64] = "OpenCL 1.2 stub", driver_version[64] = "7";
static unsigned info_name;
static unsigned long info_value;
static size_t limit = (size_t)1 << 40, allocated;
static operation operations[1 << 12];
static int head, tail;
static buffer *spare;

void stub_reset(void) { fail_name[0] = calls[0] = 0; limit = (size_t)1 << 40; strcpy(platform_version, "OpenCL 1.2 stub"); strcpy(driver_version, "7"); }
void stub_fail(const char *name, int code, int after, int times) { strcpy(fail_name, name); fail_code = code; fail_after = after; fail_times = times; }
void stub_limit(size_t bytes) { limit = bytes; }
void stub_eager(int is_eager) { eager = is_eager; }
void stub_versions(const char *platform, const char *driver) { strcpy(platform_version, platform); strcpy(driver_version, driver); }
const char *stub_calls(void) { return calls; }
const char *stub_faults(void) { return faults; }
void stub_info(unsigned name, unsigned long value) { info_name = name; info_value = value; }
/* What has not been released, such as "contexts 1 queues 1 buffers 3". */
const char *stub_live(void)
{
    left[0] = 0;
    for (int i = 0; i < KINDS; i++)
        if (live[i]) sprintf(left + strlen(left), "%s%s %d", left[0] ? " " : "", names[i], live[i]);
    return left;
}

/* Adds to the log, which keeps what comes first. */
static void note(const char *format, ...)
{
    size_t used = strlen(calls);
    va_list list;
    va_start(list, format);
    vsnprintf(calls + used, sizeof calls - used, format, list);
    va_end(list);
}

static void fault(const char *what) { if (strlen(faults) + strlen(what) + 2 < sizeof faults) strcat(strcat(faults, what), "\n"); }

static int scripted(const char *name)
{
    if (strcmp(name, fail_name) || fail_after-- > 0 || fail_times <= 0) return 0;
    fail_after = 0; fail_times--;
    return fail_code;
}

#define ENTER() do { int code = scripted(__func__); if (code) return code; } while (0)
#define ENTER_NEW(status) do { *(status) = scripted(__func__); if (*(status)) return 0; } while (0)

static void *make(int kind, size_t size)
{
    object *made = calloc(1, size);
    *made = (object){ kind, 1 };
    live[kind]++;
    return made;
}

static int is(const void *handle, int kind)
{
    const object *o = handle;
    if (o && o->kind == kind && o->references > 0) return 1;
    fault("a call names something that was released or never was");
    return 0;
}

static int release(void *handle, int kind, int code)
{
    object *o = handle;
    if (!is(handle, kind)) return code;
    if (!--o->references) live[kind]--;
    return 0;
}

static unsigned sum_of(const char *bytes, size_t count)
{
    unsigned sum = 0;
    for (size_t i = 0; i < count; i++) sum = sum * 31 + (unsigned char)bytes[i];
    return sum;
}

/* A buffer dies when it is released and nothing queued uses it any more; the next one has its name. */
static void bury(buffer *b)
{
    if (b->head.references || b->queued) return;
    memset(b->bytes, 0xEE, b->size);
    allocated -= b->size;
    b->life++;
    if (!spare) spare = b;
}

static void use(buffer *b) { if (b) b->queued++; }
static void leave(buffer *b) { if (b) { b->queued--; bury(b); } }

static void finish(void)
{
    while (head < tail)
    {
        operation o = operations[head++];
        if (o.sum && sum_of(o.source, o.size) != o.sum) fault("host memory was written before it was copied");
        if (o.kind == COPY) memcpy(o.target, o.source, o.size);
        for (int i = 0; o.kind == SCALE && i < o.count; i++) ((float *)o.y->bytes)[i] = ((float *)o.x->bytes)[i] * o.factor;
        if (o.event) o.event->done = 1;
        leave(o.x); leave(o.y);
    }
    head = tail = 0;
}

static void enqueue(operation o)
{
    if (tail == sizeof operations / sizeof operations[0]) finish();
    use(o.x); use(o.y);
    operations[tail++] = o;
    if (eager) finish();
}

int clGetPlatformIDs(unsigned capacity, long *platforms, unsigned *count)
{
    ENTER();
    if (platforms) *platforms = 11;
    if (count) *count = 1;
    return 0;
}
int clGetPlatformInfo(long platform, unsigned name, size_t capacity, void *value, size_t *size) { return -30; }
int clGetDeviceIDs(long platform, unsigned long types, unsigned capacity, long *devices, unsigned *count)
{
    ENTER();
    if (devices) *devices = 12;
    if (count) *count = 1;
    return 0;
}
int clGetDeviceInfo(long device, unsigned name, size_t capacity, void *value, size_t *size)
{
    const char *text = name == 0x102B ? "Stub" : name == 0x102F ? platform_version : name == 0x102D ? driver_version : 0;
    unsigned long number = name == 0x1000 ? 4 : name == 0x1002 ? 8 : name == 0x1004 ? 256 : name == 0x1023 ? 32768 : name == 0x1017 ? 1024
        : name == 0x101F ? 1UL << 32 : name == 0x100D ? 64 : name >= 0x1026 && name <= 0x1028 ? 1 : 0;
    ENTER();
    if (name == info_name) number = info_value;
    if (size) *size = text ? strlen(text) + 1 : 8;
    if (value && text) strcpy(value, text);
    if (value && !text) memcpy(value, &number, capacity < 8 ? capacity : 8);
    return 0;
}

void *clCreateContext(const long *properties, unsigned count, const long *devices, void *callback, void *user, int *status)
{
    /* Long enough that another thread that starts the device comes in between. */
    usleep(1000);
    ENTER_NEW(status);
    return make(CONTEXT, sizeof(object));
}
int clReleaseContext(void *context) { return release(context, CONTEXT, -34); }
void *clCreateCommandQueue(void *context, long device, unsigned long properties, int *status)
{
    ENTER_NEW(status);
    if (!is(context, CONTEXT) || properties) { *status = -34; return 0; }
    return make(QUEUE, sizeof(object));
}

void *clCreateBuffer(void *context, unsigned long flags, size_t size, void *host, int *status)
{
    buffer *b = spare;
    ENTER_NEW(status);
    if (!is(context, CONTEXT) || !size) { *status = -61; return 0; }
    if (allocated + size > limit) { *status = -4; return 0; }
    spare = 0;
    if (b) { b->head.references = 1; live[BUFFER]++; } else b = make(BUFFER, sizeof(buffer));
    b->bytes = malloc(size); b->size = size;
    allocated += size;
    return b;
}
int clReleaseMemObject(buffer *b)
{
    int status;
    ENTER();
    status = release(b, BUFFER, -38);
    if (!status) bury(b);
    return status;
}
int clEnqueueMigrateMemObjects(void *queue, unsigned count, buffer **buffers, unsigned long flags, unsigned waits, void *list, void **done)
{
    ENTER();
    return is(queue, QUEUE) && is(*buffers, BUFFER) ? 0 : -38;
}

static int copy(void *queue, buffer *b, unsigned blocking, size_t offset, size_t size, char *target, char *source, event **done)
{
    operation o = { COPY };
    if (!is(queue, QUEUE)) return -36;
    if (!is(b, BUFFER)) return -38;
    if (offset + size > b->size || !size) return -30;
    o.x = b; o.size = size;
    o.target = target ? target : b->bytes + offset;
    o.source = source ? source : b->bytes + offset;
    if (source) o.sum = sum_of(source, size);
    if (done) *done = o.event = make(EVENT, sizeof(event));
    enqueue(o);
    if (blocking) finish();
    return 0;
}
int clEnqueueWriteBuffer(void *queue, buffer *b, unsigned blocking, size_t offset, size_t size, void *source, unsigned waits, void *list, event **done)
{
    ENTER();
    return copy(queue, b, blocking, offset, size, 0, source, done);
}
int clEnqueueReadBuffer(void *queue, buffer *b, unsigned blocking, size_t offset, size_t size, void *target, unsigned waits, void *list, event **done)
{
    ENTER();
    return copy(queue, b, blocking, offset, size, target, 0, done);
}
void *clEnqueueMapBuffer(void *queue, buffer *b, unsigned blocking, unsigned long flags, size_t offset, size_t size, unsigned waits, void *list,
    void **done, int *status)
{
    ENTER_NEW(status);
    if (!is(queue, QUEUE) || !is(b, BUFFER) || !blocking) { *status = -38; return 0; }
    return b->bytes + offset;
}
int clEnqueueUnmapMemObject(void *queue, buffer *b, void *mapped, unsigned waits, void *list, void **done)
{
    ENTER();
    if (!is(queue, QUEUE) || !is(b, BUFFER) || mapped != b->bytes) return -30;
    enqueue((operation){ MAP, b });
    return 0;
}

static program *make_program(const char *source, size_t length, int binary)
{
    program *p = make(PROGRAM, sizeof(program));
    p->source = strndup(source, length);
    p->binary = binary;
    return p;
}
void *clCreateProgramWithSource(void *context, unsigned count, char **sources, size_t *lengths, int *status)
{
    ENTER_NEW(status);
    note("source\n");
    return make_program(*sources, *lengths, 0);
}
void *clCreateProgramWithBinary(void *context, unsigned count, long *devices, size_t *lengths, char **binaries, int *binary_status, int *status)
{
    ENTER_NEW(status);
    note("binary\n");
    *status = *binary_status = *lengths < 4 || memcmp(*binaries, "BIN ", 4) ? -42 : 0;
    return *status ? 0 : make_program(*binaries + 4, *lengths - 4, 1);
}
int clBuildProgram(program *p, unsigned count, long *devices, const char *options, void *callback, void *user)
{
    ENTER();
    if (!is(p, PROGRAM)) return -44;
    p->built = !strstr(p->source, "nonsense");
    return p->built ? 0 : -11;
}
int clGetProgramBuildInfo(program *p, long device, unsigned name, size_t capacity, void *value, size_t *size)
{
    ENTER();
    if (size) *size = 16;
    if (value) strcpy(value, "line 7: nonsense");
    return 0;
}
int clGetProgramInfo(program *p, unsigned name, size_t capacity, void *value, size_t *size)
{
    ENTER();
    if (!is(p, PROGRAM)) return -44;
    if (name == 0x1165) *(size_t *)value = strlen(p->source) + 4;
    else { memcpy(*(char **)value, "BIN ", 4); memcpy(*(char **)value + 4, p->source, strlen(p->source)); }
    return 0;
}
int clReleaseProgram(program *p) { return release(p, PROGRAM, -44); }
void *clCreateKernel(program *p, const char *name, int *status)
{
    kernel *k;
    ENTER_NEW(status);
    if (!is(p, PROGRAM) || !p->built || !strstr(p->source, name)) { *status = -46; return 0; }
    k = make(KERNEL, sizeof(kernel));
    strcpy(k->name, name);
    return k;
}
int clGetKernelWorkGroupInfo(kernel *k, long device, unsigned name, size_t capacity, size_t *value, size_t *size) { ENTER(); *value = 64; return 0; }
int clSetKernelArg(kernel *k, unsigned index, size_t size, const void *value)
{
    ENTER();
    if (index >= 8 || size > 16) return -49;
    argument *a = &k->arguments[index];
    memcpy(a->value, value, size);
    a->size = size;
    a->set = 1;
    if (index < 2) a->life = (*(buffer **)value)->life;
    return 0;
}
int clEnqueueNDRangeKernel(void *queue, kernel *k, unsigned dimensions, size_t *offset, size_t *global, size_t *local, unsigned waits, void *list,
    void **done)
{
    operation o = { SCALE };
    ENTER();
    if (!is(queue, QUEUE)) return -36;
    if (local[0] * local[1] * local[2] > 64) return -54;
    note("launch %s %zu of %zu\n", k->name, global[0] / local[0], local[0]);
    if (strcmp(k->name, "scale")) return 0;
    for (int i = 0; i < 4; i++)
        if (!k->arguments[i].set) return -52;
    o.x = *(buffer **)k->arguments[0].value;
    o.y = *(buffer **)k->arguments[1].value;
    if (!is(o.x, BUFFER) || !is(o.y, BUFFER)) return -38;
    if (o.x->life != k->arguments[0].life || o.y->life != k->arguments[1].life) fault("a kernel has a buffer that is gone");
    memcpy(&o.factor, k->arguments[2].value, 4);
    memcpy(&o.count, k->arguments[3].value, 4);
    enqueue(o);
    return 0;
}
int clFlush(void *queue) { ENTER(); return is(queue, QUEUE) ? 0 : -36; }
int clFinish(void *queue) { ENTER(); finish(); return is(queue, QUEUE) ? 0 : -36; }
int clWaitForEvents(unsigned count, event **events) { ENTER(); if (!is(*events, EVENT)) return -58; if (!(*events)->done) finish(); return 0; }
int clReleaseEvent(event *e) { ENTER(); return release(e, EVENT, -58); }
