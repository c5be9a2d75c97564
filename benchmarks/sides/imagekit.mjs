// ImageKit's own SDK for Node. It reads key and address from the environment.
import ImageKit from '@imagekit/nodejs';
import { measure } from './common.mjs';

const client = new ImageKit();
await measure('n100-', (id) => client.files.versions.list(id));
