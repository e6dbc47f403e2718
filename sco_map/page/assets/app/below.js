// Made from web/ by make web; sources 033df0aec09b6b077162ace15feb3b8044f3296706d5f0c32117362c045c0771
var o="sco:draw-below",n=".sco-grid";function l(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{l as default};
