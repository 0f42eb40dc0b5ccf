import 'reflect-metadata';
import cluster from 'node:cluster';
import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

/** Nest on Express as it comes, in `node:cluster`: one route, which answers with what BODY says. */
const { PORT, WORKERS, BODY = '{}' } = process.env;
const answer: unknown = JSON.parse(BODY);

@Controller('v1')
class PlainController {
  @Get('regions')
  list(): unknown {
    return answer;
  }
}

@Module({ controllers: [PlainController] })
class PlainModule {}

if (cluster.isPrimary) {
  for (let n = 0; n < Number(WORKERS); n++) cluster.fork();
} else {
  const app = await NestFactory.create(PlainModule, { logger: false });
  await app.listen(Number(PORT), '127.0.0.1');
}
