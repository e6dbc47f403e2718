// Made from web/ by make web; sources a85e73eacb5a0267cfd22a5f9eb954c372ca071b984fb2b8f82dbbff97d73e30
var o="sco:draw-below",n=".sco-grid";function s(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{s as default};
