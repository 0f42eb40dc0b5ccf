// A Nest application as a tutorial would have it: no draining, no signals, no limits. Decorators are called by hand, so
// that it runs as it stands.
import 'reflect-metadata';
import { setTimeout } from 'node:timers/promises';
import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

class WorkController {
  /** 20 ms, as of a database. */
  async work() {
    await setTimeout(20);
    return { done: true };
  }
}
Get('work')(WorkController.prototype, 'work', Object.getOwnPropertyDescriptor(WorkController.prototype, 'work'));
Controller()(WorkController);

class AppModule {}
Module({ controllers: [WorkController] })(AppModule);

const app = await NestFactory.create(AppModule, { logger: false });
await app.listen(3000);
process.send?.('ready');
