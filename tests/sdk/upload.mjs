// Uploads a new version with the services' own SDKs and prints the result as JSON.
//
//   node upload.mjs box         <base address> <token> <file id> <size>
//   node upload.mjs box-session <base address> <token> <file id> <size>
//   node upload.mjs ik          <base address> <private key> <file path> <size>

import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';

const [kind, baseUrl, secret, target, size] = process.argv.slice(2);
const content = Buffer.alloc(Number(size), 'The quick brown fox jumps over the lazy dog. ');
const sha1 = (bytes, encoding) => createHash('sha1').update(bytes).digest(encoding);

async function connectBox() {
  const { BoxClient, BoxDeveloperTokenAuth } = await import('box-node-sdk');
  const auth = new BoxDeveloperTokenAuth({ token: secret });
  return new BoxClient({ auth }).withCustomBaseUrls({ baseUrl, uploadUrl: `${baseUrl}/api`, oauth2Url: `${baseUrl}/oauth2` });
}

function describeBox(file) {
  return { id: file.id, versionId: file.fileVersion.id, sha1: file.sha1, size: file.size };
}

async function uploadBox() {
  const client = await connectBox();
  const { name } = await client.files.getFileById(target);
  const files = await client.uploads.uploadFileVersion(target, { attributes: { name }, file: Readable.from([content]) });
  return describeBox(files.entries[0]);
}

async function uploadBoxSession() {
  const uploads = (await connectBox()).chunkedUploads;
  const session = await uploads.createFileUploadSessionForExistingFile(target, { fileSize: content.length });
  const parts = [];
  for (let offset = 0; offset < content.length; offset += session.partSize) {
    const bytes = content.subarray(offset, offset + session.partSize);
    const { part } = await uploads.uploadFilePart(session.id, Readable.from([bytes]), {
      digest: `sha=${sha1(bytes, 'base64')}`,
      contentRange: `bytes ${offset}-${offset + bytes.length - 1}/${content.length}`,
    });
    parts.push(part);
  }
  const files = await uploads.createFileUploadSessionCommit(session.id, { parts }, { digest: `sha=${sha1(content, 'base64')}` });
  return describeBox(files.entries[0]);
}

async function uploadImageKit() {
  const { default: ImageKit } = await import('@imagekit/nodejs');
  const client = new ImageKit({ privateKey: secret, baseURL: baseUrl });
  const folder = target.slice(0, target.lastIndexOf('/') + 1);
  const file = new File([content], target.slice(folder.length));
  const reply = await client.files.upload({ file, fileName: file.name, folder, useUniqueFileName: false });
  return { id: reply.fileId, path: reply.filePath, size: reply.size, versionName: reply.versionInfo.name };
}

const upload = { box: uploadBox, 'box-session': uploadBoxSession, ik: uploadImageKit }[kind];
if (!upload || !size) {
  console.error('Usage: node upload.mjs box|box-session|ik <base address> <secret> <file id or path> <size>');
  process.exit(2);
}
console.log(JSON.stringify(await upload()));
