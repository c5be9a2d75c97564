// What the sides written in JavaScript share.

/** Runs `list` over the ids, so many at once. */
async function listAll(ids, throttleLimit, list) {
  let next = 0;
  async function work() {
    while (next < ids.length) {
      await list(ids[next++]);
    }
  }

  await Promise.all(Array.from({ length: Math.min(throttleLimit, ids.length) }, work));
}

/** Lists one file, uncounted, then all of them as often as asked for, and prints one line of JSON. */
export async function measure(prefix, list) {
  const [fileCount, throttleLimit, runCount, cold] = process.argv.slice(2);
  const ids = Array.from({ length: Number(fileCount) }, (_, i) => `${prefix}${100000001 + i}`);
  if (cold !== 'cold') {
    await listAll(ids.slice(0, 1), 1, list);
  }

  const before = process.cpuUsage();
  const ms = [];
  for (let run = 0; run < Number(runCount); run++) {
    const start = performance.now();
    await listAll(ids, Number(throttleLimit), list);
    ms.push(performance.now() - start);
  }

  const used = process.cpuUsage(before);
  console.log(JSON.stringify({
    ms,
    cpuMs: (used.user + used.system) / 1000 / Number(runCount),
    peakMB: process.resourceUsage().maxRSS / 1024,
  }));
}
