{{ facts_of('proceedings') }}
