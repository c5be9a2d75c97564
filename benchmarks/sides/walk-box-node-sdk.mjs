// Walks a tree of folders with Box's own SDK for Node, with a fixed number of requests in flight. The SDK itself has no recursion.
import { BoxClient, BoxDeveloperTokenAuth } from 'box-node-sdk';
import { account } from './common.mjs';

const [folderId, throttleLimit, runCount] = process.argv.slice(2);
const root = process.env.BOX_BASE_URL;
const client = new BoxClient({ auth: new BoxDeveloperTokenAuth({ token: process.env.BOX_ACCESS_TOKEN }) })
  .withCustomBaseUrls({ baseUrl: root, uploadUrl: root, oauth2Url: root });
const fields = ['name', 'size', 'version_number'];

async function walk() {
  const waiting = [folderId];
  const working = new Set();
  let files = 0;

  async function read(id) {
    let marker;
    do {
      const page = await client.folders.getFolderItems(id, { queryParams: { fields, usemarker: true, limit: 1000, marker } });
      waiting.push(...page.entries.filter((item) => item.type === 'folder').map((item) => item.id));
      files += page.entries.filter((item) => item.type === 'file').length;
      marker = page.nextMarker;
    } while (marker);
  }

  while (waiting.length > 0 || working.size > 0) {
    while (waiting.length > 0 && working.size < Number(throttleLimit)) {
      const work = read(waiting.shift()).finally(() => working.delete(work));
      working.add(work);
    }
    await Promise.race(working);
  }
  return files;
}

await account(Number(runCount), async () => {
  const files = await walk();
  if (files !== 100050) {
    throw new Error(`${files} files were found.`);
  }
});
