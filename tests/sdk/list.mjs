// Lists versions or the items of folders with the services' own SDKs and prints them as one JSON array.
//
//   node list.mjs box       <base address> <token> <file id>...
//   node list.mjs box-items <base address> <token> <folder id>...
//   node list.mjs ik        <base address> <private key> <file id>...
//   node list.mjs ik-files  <base address> <private key> <folder path>...

const [kind, baseUrl, secret, ...ids] = process.argv.slice(2);

async function connectBox() {
  const { BoxClient, BoxDeveloperTokenAuth } = await import('box-node-sdk');
  const auth = new BoxDeveloperTokenAuth({ token: secret });
  return new BoxClient({ auth }).withCustomBaseUrls({
    baseUrl,
    uploadUrl: `${baseUrl}/upload`,
    oauth2Url: `${baseUrl}/oauth2`,
  });
}

/** Box's past versions. The SDK returns one page per call; the next one begins behind the limit in the response. */
async function listBox(fileId) {
  const client = await connectBox();
  const fields = ['name', 'size', 'created_at', 'version_number'];
  const versions = [];
  for (let offset = 0, total = 1, limit = 1000; offset < total; offset += limit) {
    const page = await client.fileVersions.getFileVersions(fileId, { queryParams: { fields, limit, offset } });
    total = page.totalCount;
    limit = page.limit ?? limit;
    versions.push(...page.entries);
  }
  return versions.map((version) => ({
    fileId,
    id: version.id,
    name: version.name,
    size: version.size,
    sha1: version.sha1,
    versionNumber: version.versionNumber,
    createdAt: version.createdAt.value.toISOString(),
  }));
}

/** The items of a Box folder, paged by marker. */
async function listBoxItems(folderId) {
  const client = await connectBox();
  const fields = ['name', 'size', 'sha1', 'version_number', 'path_collection'];
  const items = [];
  for (let marker; marker !== null; ) {
    const page = await client.folders.getFolderItems(folderId, { queryParams: { fields, usemarker: true, marker, limit: 1000 } });
    items.push(...page.entries);
    marker = page.nextMarker || null;
  }
  return items.map((item) => ({
    folderId,
    type: item.type,
    id: item.id,
    name: item.name,
    size: item.size,
    sha1: item.sha1,
    versionNumber: item.versionNumber,
    path: item.pathCollection?.entries.map((folder) => folder.name).join('/'),
  }));
}

async function connectImageKit() {
  const { default: ImageKit } = await import('@imagekit/nodejs');
  return new ImageKit({ privateKey: secret, baseURL: baseUrl });
}

/** The files in an ImageKit folder and below it, each with the details that the SDK reads by its id. */
async function listImageKitFiles(folder) {
  const client = await connectImageKit();
  const files = [];
  for (let page; page?.length !== 0; ) {
    page = await client.assets.list({ searchQuery: `path : "${folder}"`, limit: 1000, skip: files.length });
    files.push(...page);
  }
  const details = await Promise.all(files.map((file) => client.files.get(file.fileId)));
  return details.map((file) => ({ id: file.fileId, path: file.filePath, size: file.size, type: file.type, createdAt: file.createdAt }));
}

async function listImageKit(fileId) {
  const client = await connectImageKit();
  const versions = await client.files.versions.list(fileId);
  return versions.map((version) => ({
    fileId,
    id: version.versionInfo.id,
    name: version.name,
    size: version.size,
    type: version.type,
    createdAt: version.createdAt,
  }));
}

const list = { box: listBox, 'box-items': listBoxItems, ik: listImageKit, 'ik-files': listImageKitFiles }[kind];
if (!list || ids.length === 0) {
  console.error('Usage: node list.mjs box|box-items|ik|ik-files <base address> <secret> <id>...');
  process.exit(2);
}

const found = [];
for (const id of ids) {
  found.push(...(await list(id)));
}
console.log(JSON.stringify(found));
