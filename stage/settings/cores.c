#include "stage/settings/cores.h"

#include <sched.h>
#include <stdio.h>
#include <stdlib.h>

/* A container sees its own group as the root of the tree. */
static const char quota_file[] = "/sys/fs/cgroup/cpu.max";

int cores_quota(struct slice text)
{
	char copy[64], *end;

	if (text.len >= sizeof copy)
		return 0;
	memcpy(copy, text.ptr, text.len);
	copy[text.len] = '\0';
	long quota = strtol(copy, &end, 10);
	long period = strtol(end, NULL, 10);
	if (quota <= 0 || period <= 0 || quota / period > 1024)
		return 0;
	return (int)((quota + period - 1) / period);
}

int cores_usable(void)
{
	cpu_set_t set;
	char text[63];
	int cores = 1;

	if (!sched_getaffinity(0, sizeof set, &set))
		cores = CPU_COUNT(&set);
	FILE *file = fopen(quota_file, "re");
	if (!file)
		return cores;
	size_t len = fread(text, 1, sizeof text, file);
	fclose(file);
	int quota = cores_quota((struct slice){ text, len });
	return quota && quota < cores ? quota : cores;
}
