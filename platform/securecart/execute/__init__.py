"""Running stacks: a pure queue, a pool of threads, and the engine behind one seam."""
