"""What people and other systems touch: web pages, REST API, command line, jobs."""
