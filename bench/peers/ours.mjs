import { AppModule } from './app.mjs';
import { serve } from './runtime/door.js';

await serve({ name: 'peer', module: AppModule });
