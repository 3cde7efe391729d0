{{ facts_of('engagement') }}
