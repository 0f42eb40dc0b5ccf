import { Body, Controller, Get, NotFoundException, Param, ParseIntPipe, Patch, Post } from '@nestjs/common';
import { z } from 'zod';
import { type Todo, TodosStore } from './todos.store.js';

const making = z.object({ title: z.string().trim().min(1).max(200) });
const changing = z.object({ title: making.shape.title.optional(), done: z.boolean().optional() });

@Controller('todos')
export class TodosController {
  constructor(private readonly store: TodosStore) {}

  @Get()
  all(): Todo[] {
    return this.store.all();
  }

  @Get(':id')
  one(@Param('id', ParseIntPipe) id: number): Todo {
    return this.#must(this.store.find(id), id);
  }

  @Post()
  make(@Body({ schema: making }) { title }: z.infer<typeof making>): Todo {
    return this.store.make(title);
  }

  @Patch(':id')
  change(@Param('id', ParseIntPipe) id: number, @Body({ schema: changing }) to: z.infer<typeof changing>): Todo {
    return this.#must(this.store.change(id, to), id);
  }

  #must(todo: Todo | null, id: number): Todo {
    if (!todo) throw new NotFoundException(`There is no todo ${id}.`);
    return todo;
  }
}
