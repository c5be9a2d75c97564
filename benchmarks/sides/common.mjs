// Shared by the sides written in JavaScript.

/** Runs `list` over the ids, with a fixed number of them in flight. */
async function listAll(ids, throttleLimit, list) {
  let next = 0;
  async function work() {
    while (next < ids.length) {
      await list(ids[next++]);
    }
  }

  await Promise.all(Array.from({ length: Math.min(throttleLimit, ids.length) }, work));
}

/** Runs `work` several times and prints the result of the side as one line of JSON. */
export async function account(runCount, work) {
  const before = process.cpuUsage();
  const ms = [];
  for (let run = 0; run < runCount; run++) {
    const start = performance.now();
    await work();
    ms.push(performance.now() - start);
  }

  const used = process.cpuUsage(before);
  console.log(JSON.stringify({
    ms,
    cpuMs: (used.user + used.system) / 1000 / runCount,
    peakMB: process.resourceUsage().maxRSS / 1024,
  }));
}

/** Lists one file without counting it, then all files as often as requested. */
export async function measure(prefix, list) {
  const [fileCount, throttleLimit, runCount, cold] = process.argv.slice(2);
  const ids = Array.from({ length: Number(fileCount) }, (_, i) => `${prefix}${100000001 + i}`);
  if (cold !== 'cold') {
    await listAll(ids.slice(0, 1), 1, list);
  }

  await account(Number(runCount), () => listAll(ids, Number(throttleLimit), list));
}
