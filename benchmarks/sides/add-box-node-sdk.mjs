// Uploads one local file as a new version with Box's own SDK for Node, one part after the other, as the SDK's helper for new files does.
import { createHash } from 'node:crypto';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { BoxClient, BoxDeveloperTokenAuth } from 'box-node-sdk';
import { account } from './common.mjs';

const [size, runCount] = process.argv.slice(2).map(Number);
const root = process.env.BOX_BASE_URL;
const uploads = new BoxClient({ auth: new BoxDeveloperTokenAuth({ token: process.env.BOX_ACCESS_TOKEN }) })
  .withCustomBaseUrls({ baseUrl: root, uploadUrl: `${root}/api`, oauth2Url: root }).chunkedUploads;

async function upload(path) {
  const file = await open(path);
  const whole = createHash('sha1');
  const session = await uploads.createFileUploadSessionForExistingFile('100000001', { fileSize: size });
  const parts = [];
  for (let offset = 0; offset < size; offset += session.partSize) {
    const bytes = Buffer.alloc(Math.min(session.partSize, size - offset));
    await file.read(bytes, 0, bytes.length, offset);
    whole.update(bytes);
    const { part } = await uploads.uploadFilePart(session.id, Readable.from([bytes]), {
      digest: `sha=${createHash('sha1').update(bytes).digest('base64')}`,
      contentRange: `bytes ${offset}-${offset + bytes.length - 1}/${size}`,
    });
    parts.push(part);
  }
  await uploads.createFileUploadSessionCommit(session.id, { parts }, { digest: `sha=${whole.digest('base64')}` });
  await file.close();
}

const folder = await mkdtemp(join(tmpdir(), 'fileversions-bench-'));
try {
  const path = join(folder, 'content');
  const block = Buffer.alloc(1024 * 1024, 'The quick brown fox jumps over the lazy dog. ');
  const target = await open(path, 'w');
  for (let rest = size; rest > 0; rest -= block.length) {
    await target.write(block, 0, Math.min(rest, block.length));
  }
  await target.close();

  await account(runCount, () => upload(path));
} finally {
  await rm(folder, { recursive: true });
}
