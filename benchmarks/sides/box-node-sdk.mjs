// Box's own SDK for Node, which leaves paging to its caller.
import { BoxClient, BoxDeveloperTokenAuth } from 'box-node-sdk';
import { measure } from './common.mjs';

const root = process.env.BOX_BASE_URL;
const client = new BoxClient({ auth: new BoxDeveloperTokenAuth({ token: process.env.BOX_ACCESS_TOKEN }) })
  .withCustomBaseUrls({ baseUrl: root, uploadUrl: root, oauth2Url: root });
const fields = ['name', 'size', 'created_at', 'modified_at', 'modified_by', 'trashed_at', 'trashed_by', 'restored_at',
  'restored_by', 'purged_at', 'uploader_display_name', 'version_number'];

await measure('', async (id) => {
  let offset = 0;
  let total;
  do {
    const page = await client.fileVersions.getFileVersions(id, { queryParams: { fields, limit: 1000, offset } });
    total = page.totalCount;
    offset += 1000;
  } while (offset < total);
});
