// One small Nest application, as each of the ways to run one gets it. Decorators are called by hand, so that it runs as it
// stands.
import 'reflect-metadata';
import { setTimeout } from 'node:timers/promises';
import { Controller, Get, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

function hangHere() {
  for (;;);
}

class WorkController {
  /** 20 ms, as of a database. */
  async read() {
    await setTimeout(20);
    return { done: true };
  }

  async write() {
    await setTimeout(20);
    return { done: true };
  }

  async slow() {
    await setTimeout(1_500);
    return { done: true };
  }

  hang() {
    hangHere();
  }

  crash() {
    setImmediate(() => {
      throw new Error('thrown on purpose');
    });
    return { done: true };
  }
}

const { prototype } = WorkController;
const route = (decorate, path, name) =>
  decorate(path)(prototype, name, Object.getOwnPropertyDescriptor(prototype, name));
route(Get, 'work', 'read');
route(Post, 'work', 'write');
route(Get, 'slow', 'slow');
route(Get, 'hang', 'hang');
route(Get, 'crash', 'crash');
Controller()(WorkController);

export class AppModule {}
Module({ controllers: [WorkController] })(AppModule);

/** As a tutorial has it, but for the hooks that end it in order. */
export async function made() {
  const app = await NestFactory.create(AppModule, { logger: false });
  app.enableShutdownHooks();
  return app;
}
