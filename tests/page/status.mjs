// A service's answer, as the page gets it; each test bends its own copy.
const NOW = Date.UTC(2025, 8, 9, 10, 30, 20);

function minutes(count) {
  return Array.from({ length: count }, (_, i) => {
    const wave = 600 + 350 * Math.sin(i / 23) + 90 * Math.sin(i * 2.3);
    return [Math.round(wave), i % 17 === 0 ? 12 : i % 5, 0];
  });
}

export const HOSTILE = "<img src=x onerror=alert(1)>\"'&";

export function status() {
  return {
    process: {
      version: "v1.0", libraries: [["librdkafka", "2.14.2"]], vocabulary: "7",
      group: "wirestage", instance: "desk-0", output: "articles",
      delivery: "exactly-once", uptime_ms: 359 * 60000 + 20000,
      memory: 41 << 20, now: NOW },
    reasons: [], replay: null,
    totals: { consumed: 4000 },
    rate: { consumed: 11.2, published: 11 },
    latency: { minutes: 5, p50_ms: 10, p95_ms: 25, p99_ms: 50 },
    minutes: minutes(360),
    wires: [
      { name: "raw.harbour", partitions: 6, consumed: 3000, deadlettered: 30,
        silent_ms: 820, heard: true, last_hour: 30120, quiet_after_ms: 60000,
        quiet: false },
      { name: "raw.inland", partitions: 3, consumed: 900, deadlettered: 2,
        silent_ms: 41000, heard: true, last_hour: 840, quiet_after_ms: 0,
        quiet: false },
    ],
    topics: [
      { topic: "POLITICS", count: 4012 }, { topic: "SPORT", count: 2500 },
      { topic: "WEATHER", count: 310 }, { topic: "BUSINESS", count: 1890 },
    ],
    deadletters: [
      { fault: "date-invalid", text: "the header's date is no day",
        count: 31, last_hour: 4, examples: [
          { topic: "raw.harbour", partition: 2, offset: 1042, part: 0, at: 6,
            time: NOW - 60000 },
          { topic: "raw.harbour", partition: 5, offset: 77, part: 3, at: 0,
            time: NOW - 3600000 }] },
      { fault: "empty", text: "the message has no bytes", count: 9,
        last_hour: 9, examples: [] },
    ],
    workers: [
      { number: 0, joined: true, age_ms: 300, input_queue: 4, output_queue: 0 },
      { number: 1, joined: true, age_ms: 310, input_queue: 0, output_queue: 0 },
    ],
    partitions: Array.from({ length: 9 }, (_, i) => ({
      topic: i < 6 ? "raw.harbour" : "raw.inland", partition: i % 6,
      worker: i % 2, next: 52000 + 31 * i, lag: i % 4, lag_age_ms: 640 })),
  };
}
