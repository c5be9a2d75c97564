// Lists versions with the services' own SDKs and prints them as one JSON array.
//
//   node list.mjs box <base address> <token> <file id>...
//   node list.mjs ik  <base address> <private key> <file id>...

const [service, baseUrl, secret, ...fileIds] = process.argv.slice(2);

/** Box's past versions: the SDK gives one page a call, so this steps by the limit that the reply tells. */
async function listBox(fileId) {
  const { BoxClient, BoxDeveloperTokenAuth } = await import('box-node-sdk');
  const auth = new BoxDeveloperTokenAuth({ token: secret });
  const client = new BoxClient({ auth }).withCustomBaseUrls({
    baseUrl,
    uploadUrl: `${baseUrl}/upload`,
    oauth2Url: `${baseUrl}/oauth2`,
  });
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

async function listImageKit(fileId) {
  const { default: ImageKit } = await import('@imagekit/nodejs');
  const client = new ImageKit({ privateKey: secret, baseURL: baseUrl });
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

const list = { box: listBox, ik: listImageKit }[service];
if (!list || fileIds.length === 0) {
  console.error('Usage: node list.mjs box|ik <base address> <secret> <file id>...');
  process.exit(2);
}

const found = [];
for (const fileId of fileIds) {
  found.push(...(await list(fileId)));
}
console.log(JSON.stringify(found));
