import { application } from './app.module.js';
import { environment } from './config.js';
import { serve } from './runtime/door.js';

await serve({ name: 'loopwright', environment, ...application });
