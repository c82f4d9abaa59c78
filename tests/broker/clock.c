/* A wall clock that is put forward and back: preloaded by test_clock.py, which
 * writes the seconds to add into a file in the process's own folder. */
#include <dlfcn.h>
#include <fcntl.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <threads.h>
#include <time.h>
#include <unistd.h>

static const volatile int64_t *offset;

__attribute__((constructor)) static void map_offset(void)
{
	int fd = open("clock-offset", O_RDONLY | O_CLOEXEC);
	void *mapped = mmap(NULL, sizeof *offset, PROT_READ, MAP_SHARED, fd, 0);

	if (mapped != MAP_FAILED)
		offset = mapped;
	close(fd);
}

int clock_gettime(clockid_t id, struct timespec *out)
{
	int result = (int)syscall(SYS_clock_gettime, id, out);

	if (offset && id == CLOCK_REALTIME)
		out->tv_sec += *offset;
	return result;
}

int gettimeofday(struct timeval *restrict out, void *restrict zone)
{
	struct timespec now;
	int result = clock_gettime(CLOCK_REALTIME, &now);

	(void)zone;
	*out = (struct timeval){ now.tv_sec, now.tv_nsec / 1000 };
	return result;
}

time_t time(time_t *out)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	if (out)
		*out = now.tv_sec;
	return now.tv_sec;
}

static int compare(struct timespec a, struct timespec b)
{
	if (a.tv_sec != b.tv_sec)
		return a.tv_sec < b.tv_sec ? -1 : 1;
	return (a.tv_nsec > b.tv_nsec) - (a.tv_nsec < b.tv_nsec);
}

/* Until this clock, as it then stands, says so: as the kernel does it. */
int cnd_timedwait(cnd_t *restrict condition, mtx_t *restrict mutex,
		  const struct timespec *restrict until)
{
	enum { SLICE_NS = 20000000, SECOND_NS = 1000000000 };
	int (*wait)(cnd_t *, mtx_t *, const struct timespec *) =
		(int (*)(cnd_t *, mtx_t *, const struct timespec *))dlsym(
			RTLD_NEXT, "cnd_timedwait");

	for (;;) {
		struct timespec slice, now;
		syscall(SYS_clock_gettime, CLOCK_REALTIME, &slice);
		slice.tv_nsec += SLICE_NS;
		slice.tv_sec += slice.tv_nsec / SECOND_NS;
		slice.tv_nsec %= SECOND_NS;
		struct timespec end = *until;
		end.tv_sec -= offset ? *offset : 0;
		int result = wait(condition, mutex,
				  compare(end, slice) < 0 ? &end : &slice);
		if (result != thrd_timedout)
			return result;
		clock_gettime(CLOCK_REALTIME, &now);
		if (compare(now, *until) >= 0)
			return result;
	}
}
