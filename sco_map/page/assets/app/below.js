// Made from web/ by make web; sources e2c8a21cc4fc0f2c4d5050acf14a28aad37e1ee2c2ed6a870890d3295fcf060d
var o="sco:draw-below",n=".sco-grid";function s(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{s as default};
