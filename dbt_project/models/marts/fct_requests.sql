{{ facts_of('requests') }}
